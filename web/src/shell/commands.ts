import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { resourceTypesQuery } from '@/api/resources'
import { showOverlay } from './overlays'
import { useAccount, useMay, useReadOnly, useSignedIn } from './session'
import { useTheme } from './theme'

/** One line of the command palette. */
export interface Command {
  readonly key: string
  readonly label: string
  /** What it is, at the end of the line. */
  readonly kind: string
  readonly run: () => void
}

/** Every place and every switch that the palette offers. */
export function useCommands(): readonly Command[] {
  const t = useTranslations('palette')
  const shell = useTranslations('shell')
  const navigate = useNavigate()
  const account = useAccount()
  const { accounts } = useSignedIn()
  const [, setTheme] = useTheme()
  const mayReadLog = useMay('audit:read')
  const { data } = useQuery({ ...resourceTypesQuery(account.id), enabled: mayReadLog })
  const mayWriteKeys = useMay('keys:write')
  const mayWriteMembers = useMay('members:write')
  const mayWriteAccount = useMay('accounts:write')
  const isReadOnly = useReadOnly()
  const params = { account: account.id }
  const place = (key: string, label: string, run: () => void): Command => ({
    key,
    label,
    kind: t('place'),
    run,
  })
  const themes = [
    ['light', shell('theme_light')],
    ['dark', shell('theme_dark')],
    ['system', shell('theme_system')],
  ] as const
  const log = () => void navigate({ to: '/a/$account/events', params })
  return [
    ...(mayReadLog
      ? [
          place('log', shell('audit_logs'), log),
          place('log by settings', t('settings_monitoring'), log),
          place('log in settings', t('settings_logs'), log),
        ]
      : []),
    place(
      'catalogue',
      shell('catalogue'),
      () => void navigate({ to: '/a/$account/catalogue', params }),
    ),
    ...(mayWriteKeys
      ? [place('keys', shell('api_keys'), () => void navigate({ to: '/a/$account/keys', params }))]
      : []),
    ...(mayWriteMembers
      ? [
          place(
            'members',
            shell('members'),
            () => void navigate({ to: '/a/$account/members', params }),
          ),
        ]
      : []),
    ...(mayWriteAccount
      ? [
          place(
            'settings',
            shell('settings'),
            () => void navigate({ to: '/a/$account/settings', params }),
          ),
        ]
      : []),
    ...(mayReadLog && !isReadOnly
      ? [
          place(
            'preferences',
            shell('preferences'),
            () => void navigate({ to: '/a/$account/preferences', params }),
          ),
        ]
      : []),
    ...(isReadOnly
      ? []
      : [
          place(
            'security',
            shell('security'),
            () => void navigate({ to: '/a/$account/security', params }),
          ),
        ]),
    ...(data?.types ?? []).map(({ type, plural }) =>
      place(
        `type ${type}`,
        plural,
        () => void navigate({ to: '/a/$account/resources/$type', params: { ...params, type } }),
      ),
    ),
    ...accounts
      .filter(({ id }) => id !== account.id)
      .map(
        ({ id, name }): Command => ({
          key: `account ${id}`,
          label: name,
          kind: t('account'),
          run: () => void navigate({ to: '/a/$account/events', params: { account: id } }),
        }),
      ),
    ...themes.map(
      ([scheme, name]): Command => ({
        key: `theme ${scheme}`,
        label: t('use_theme', { name }),
        kind: shell('theme'),
        run: () => setTheme(scheme),
      }),
    ),
    {
      key: 'shortcuts',
      label: shell('shortcuts'),
      kind: t('show'),
      run: () => showOverlay('shortcuts'),
    },
  ]
}
