import { IconLock } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/parts/EmptyState'
import { useTitle } from '@/parts/Page'
import styles from './NoAccess.module.css'
import { useAccount, useSignedIn } from './session'

/** What somebody sees whose role does not include the page: why, and who can change that. */
export function NoAccess({ to }: { to: 'log' | 'page' }) {
  const t = useTranslations('shell')
  const { name, permissions } = useAccount()
  const { person } = useSignedIn()
  const title = to === 'log' ? t('no_access_title', { account: name }) : t('forbidden_title')
  useTitle(title)
  const body =
    to === 'page' ? 'forbidden_body' : permissions.length === 0 ? 'no_access_body' : 'no_log_body'
  return (
    <div className={styles.place}>
      <h1 className="visually-hidden">{title}</h1>
      <EmptyState title={title} icon={<IconLock size={22} />}>
        <p>{t(body, { account: name })}</p>
        <p className={styles.who}>{t('no_access_who', { email: person.email })}</p>
      </EmptyState>
    </div>
  )
}
