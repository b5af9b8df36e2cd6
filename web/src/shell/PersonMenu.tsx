import {
  IconAdjustments,
  IconApi,
  IconKeyboard,
  IconLogout,
  IconShieldLock,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { signOut } from '@/api/session'
import { Initials } from '@/parts/Initials'
import { Menu } from '@/parts/Menu'
import styles from './AccountSwitcher.module.css'
import { showOverlay } from './overlays'
import { useAccount, useMay, useReadOnly, useSignedIn } from './session'
import { useTheme } from './theme'

const THEMES = ['light', 'dark', 'system'] as const

interface PersonMenuProps {
  position?: 'top-start' | 'bottom-end'
}

/** The person at the bottom of the rail: theme, preferences, keyboard, sign-out. */
export function PersonMenu({ position = 'top-start' }: PersonMenuProps) {
  const t = useTranslations('shell')
  const navigate = useNavigate()
  const account = useAccount()
  const mayReadLog = useMay('audit:read')
  const isReadOnly = useReadOnly()
  // Who may do nothing here has no screens that keys could work on.
  const isMember = account.permissions.length > 0
  const { person, csrf } = useSignedIn()
  const [theme, setTheme] = useTheme()
  const leave = async () => {
    // A new page in any case: nothing of the session stays in memory, or one sees that it did not end.
    await signOut(csrf).then(
      () => window.location.assign('/ui/sign-in'),
      () => window.location.reload(),
    )
  }
  const named = { light: t('theme_light'), dark: t('theme_dark'), system: t('theme_system') }
  const themes = THEMES.map((one) => ({
    key: one,
    label: named[one],
    checked: theme === one,
    onSelect: () => setTheme(one),
  }))
  const params = { account: account.id }
  const own = [
    ...(mayReadLog
      ? [
          {
            key: 'preferences',
            label: t('preferences'),
            icon: <IconAdjustments size={16} aria-hidden />,
            onSelect: () => void navigate({ to: '/a/$account/preferences', params }),
          },
        ]
      : []),
    {
      key: 'security',
      label: t('security'),
      icon: <IconShieldLock size={16} aria-hidden />,
      onSelect: () => void navigate({ to: '/a/$account/security', params }),
    },
  ]
  const entries = [
    ...(isReadOnly ? [] : own),
    ...(isMember
      ? [
          {
            key: 'shortcuts',
            label: t('shortcuts'),
            icon: <IconKeyboard size={16} aria-hidden />,
            onSelect: () => showOverlay('shortcuts'),
          },
        ]
      : []),
    {
      key: 'docs',
      label: t('api_docs'),
      icon: <IconApi size={16} aria-hidden />,
      onSelect: () => window.open('/docs', '_blank', 'noreferrer'),
    },
  ]
  const last = [
    {
      key: 'leave',
      label: t('sign_out'),
      icon: <IconLogout size={16} aria-hidden />,
      onSelect: () => void leave(),
    },
  ]
  return (
    <Menu
      label={t('person', { name: person.name })}
      position={position}
      sections={[{ heading: t('theme'), entries: themes }, { entries }, { entries: last }]}
    >
      <button type="button" className={styles.switcher}>
        <Initials name={person.name} />
        <span className="visually-hidden">{t('signed_in_as')} </span>
        <span className={styles.name}>{person.name}</span>
      </button>
    </Menu>
  )
}
