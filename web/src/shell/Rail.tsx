import {
  type Icon,
  IconBook2,
  IconBox,
  IconChevronRight,
  IconKey,
  IconListDetails,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { resourceTypesQuery } from '@/api/resources'
import { AccountSwitcher } from './AccountSwitcher'
import { PersonMenu } from './PersonMenu'
import styles from './Rail.module.css'
import { useAccount, useMay, useMayAsk, useReadOnly } from './session'

/** So many types stand in the rail; the rest is one click away. */
const SHOWN_TYPES = 8

/** The navigation: business words, no jargon. */
export function Rail() {
  const t = useTranslations('shell')
  const account = useAccount()
  const mayReadLog = useMay('audit:read')
  const isReadOnly = useReadOnly()
  const mayAsk = useMayAsk()
  const enabled = mayReadLog && mayAsk('resource')
  const { data } = useQuery({ ...resourceTypesQuery(account.id), enabled })
  const types = [...(data?.types ?? [])].sort((a, b) => b.count - a.count)
  const params = { account: account.id }
  return (
    <nav aria-label={t('navigation')} className={styles.rail}>
      <AccountSwitcher />
      <div className={styles.nav}>
        {mayReadLog && (
          <Group title={t('monitoring')}>
            <RailLink
              icon={IconListDetails}
              label={t('audit_logs')}
              to="/a/$account/events"
              params={params}
            />
          </Group>
        )}
        {mayReadLog && types.length > 0 && (
          <Group title={t('resources')}>
            {types.slice(0, SHOWN_TYPES).map(({ type, plural }) => (
              <RailLink
                key={type}
                icon={IconBox}
                label={plural}
                to="/a/$account/resources/$type"
                params={{ ...params, type }}
              />
            ))}
            {types.length > SHOWN_TYPES && (
              <RailLink
                icon={IconChevronRight}
                label={t('all_resources')}
                to="/a/$account/resources"
                params={params}
                exact
              />
            )}
          </Group>
        )}
        <Group title={t('data')}>
          <RailLink
            icon={IconBook2}
            label={t('catalogue')}
            to="/a/$account/catalogue"
            params={params}
          />
        </Group>
        <SettingsGroup params={params} />
      </div>
      {isReadOnly && <p className={styles.viewer}>{t('read_only')}</p>}
      <PersonMenu />
    </nav>
  )
}

/** What somebody may change; nothing at all for most. */
function SettingsGroup({ params }: { params: Record<string, string> }) {
  const t = useTranslations('shell')
  const mayWriteKeys = useMay('keys:write')
  const mayWriteMembers = useMay('members:write')
  const mayWriteAccount = useMay('accounts:write')
  if (!mayWriteKeys && !mayWriteMembers && !mayWriteAccount) return null
  return (
    <Group title={t('settings_group')}>
      {mayWriteKeys && (
        <RailLink icon={IconKey} label={t('api_keys')} to="/a/$account/keys" params={params} />
      )}
      {mayWriteMembers && (
        <RailLink icon={IconUsers} label={t('members')} to="/a/$account/members" params={params} />
      )}
      {mayWriteAccount && (
        <RailLink
          icon={IconSettings}
          label={t('settings')}
          to="/a/$account/settings"
          params={params}
        />
      )}
    </Group>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <ul>{children}</ul>
    </section>
  )
}

interface RailLinkProps {
  icon: Icon
  label: string
  to: string
  params: Record<string, string>
  exact?: boolean
}

function RailLink({ icon: Sign, label, to, params, exact = false }: RailLinkProps) {
  return (
    <li>
      <Link
        to={to as '/a/$account/events'}
        params={params as { account: string }}
        className={styles.link ?? ''}
        activeOptions={{ exact, includeSearch: false }}
        activeProps={{ 'aria-current': 'page' }}
      >
        <Sign size={17} stroke={1.6} aria-hidden className={styles.icon} />
        <span className={styles.label}>{label}</span>
      </Link>
    </li>
  )
}
