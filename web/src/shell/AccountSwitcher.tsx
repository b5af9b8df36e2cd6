import { IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Menu } from '@/parts/Menu'
import styles from './AccountSwitcher.module.css'
import { Mark } from './Mark'
import { useAccount, useSignedIn } from './session'

/** The account that is shown, and the way to the others. */
export function AccountSwitcher() {
  const t = useTranslations('shell')
  const navigate = useNavigate()
  const account = useAccount()
  const { accounts } = useSignedIn()
  const entries = accounts.map(({ id, name }) => ({
    key: id,
    label: name,
    detail: id,
    checked: id === account.id,
    onSelect: () => void navigate({ to: '/a/$account/events', params: { account: id } }),
  }))
  return (
    <Menu label={t('switch_account')} sections={[{ heading: t('switch_account'), entries }]}>
      <button
        type="button"
        className={styles.switcher}
        aria-label={t('account', { name: account.name })}
      >
        <Mark />
        <span className={styles.name}>{account.name}</span>
        <IconSelector size={16} aria-hidden className={styles.icon} />
      </button>
    </Menu>
  )
}
