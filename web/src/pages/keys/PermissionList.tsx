import { useTranslations } from 'use-intl'
import type { Permission } from '@/api/keys'
import styles from './Keys.module.css'
import { wordsOf } from './permissions'

/** So many are listed; more unfold. */
const SHOWN = 2

/** What a key may do: words for people, and the code of the API. */
export function PermissionList({ permissions }: { permissions: readonly Permission[] }) {
  const t = useTranslations('keys')
  const list = (
    <ul className={styles.permissions}>
      {permissions.map((permission) => (
        <li key={permission}>
          {t(`permission.${wordsOf(permission)}`)} <code>{permission}</code>
        </li>
      ))}
    </ul>
  )
  if (permissions.length <= SHOWN) return list
  return (
    <details>
      <summary>{t('permission_count', { count: permissions.length })}</summary>
      {list}
    </details>
  )
}
