import { useTranslations } from 'use-intl'
import type { MemberResource } from '@/api/members'
import styles from './Members.module.css'

/** So many are listed; more unfold. */
const SHOWN = 2

/** To what of the account somebody is restricted. */
export function Sees({ resources }: { resources: readonly MemberResource[] | null }) {
  const t = useTranslations('members')
  if (resources === null) return <>{t('sees_all')}</>
  const list = (
    <ul className={styles.resources}>
      {resources.map(({ type, id }) => (
        <li key={`${type} ${id}`}>
          {type} <code>{id}</code>
        </li>
      ))}
    </ul>
  )
  if (resources.length <= SHOWN) return list
  return (
    <details>
      <summary>{t('sees_count', { count: resources.length })}</summary>
      {list}
    </details>
  )
}
