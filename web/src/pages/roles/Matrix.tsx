import { useTranslations } from 'use-intl'
import type { Role } from '@/api/roles'
import { PERMISSION_GROUPS, wordsOf } from '@/pages/keys/permissions'
import { useHiddenNames } from '@/parts/HiddenFacets'
import { RoleMenu } from './RoleMenu'
import styles from './Roles.module.css'
import type { RoleLayer } from './RolesPage'

interface MatrixProps {
  roles: readonly Role[]
  /** Undefined for those who only look. */
  onOpen: ((layer: RoleLayer) => void) | undefined
}

/** What each role may do: a table with a line per permission and a column per role, each mark also in words. */
export function Matrix({ roles, onOpen }: MatrixProps) {
  const t = useTranslations('roles')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={styles.scroll} aria-label={t('matrix')} tabIndex={0}>
      <table className={styles.matrix}>
        <caption className="visually-hidden">{t('matrix')}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {t('permission')}
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col" className={styles.role}>
                <span className={styles.role_line}>
                  <span className={styles.role_name}>{role.name}</span>
                  {onOpen !== undefined && <RoleMenu role={role} onOpen={onOpen} />}
                </span>
                <span className={styles.count}>{t('members', { count: role.members })}</span>
              </th>
            ))}
          </tr>
        </thead>
        {PERMISSION_GROUPS.map(({ group, permissions }) => (
          <Group key={group} group={group} permissions={permissions} roles={roles} />
        ))}
        <HiddenParts roles={roles} />
      </table>
    </section>
  )
}

type PermissionGroup = (typeof PERMISSION_GROUPS)[number]

interface GroupProps {
  group: PermissionGroup['group']
  permissions: PermissionGroup['permissions']
  roles: readonly Role[]
}

function Group({ group, permissions, roles }: GroupProps) {
  const t = useTranslations('roles')
  const keys = useTranslations('keys')
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={roles.length + 1} className={styles.group}>
          <span>{keys(`group.${group}`)}</span>
        </th>
      </tr>
      {permissions.map((permission) => (
        <tr key={permission}>
          <th scope="row" className={styles.permission}>
            {keys(`permission.${wordsOf(permission)}`)}
            <span className={styles.explained}>{t(`explained.${wordsOf(permission)}`)}</span>
          </th>
          {roles.map((role) => (
            <td key={role.id} className={styles.mark}>
              {role.permissions.includes(permission) ? (
                <span className={styles.yes}>
                  <span aria-hidden>✓</span> {t('yes')}
                </span>
              ) : (
                <span className={styles.no}>{t('no')}</span>
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

/** Which parts of events a role does not see, for those that see events at all. */
function HiddenParts({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations('roles')
  const names = useHiddenNames()
  return (
    <tbody>
      <tr>
        <th scope="row" className={styles.permission}>
          {t('hidden')}
          <span className={styles.explained}>{t('hidden_explained')}</span>
        </th>
        {roles.map((role) => (
          <td key={role.id} className={styles.parts}>
            {!role.permissions.includes('audit:read') ? (
              <span className={styles.no}>{t('hidden_all')}</span>
            ) : role.hide.length === 0 ? (
              t('hidden_none')
            ) : (
              names(role.hide)
            )}
          </td>
        ))}
      </tr>
    </tbody>
  )
}
