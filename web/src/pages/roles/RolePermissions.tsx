import { useTranslations } from 'use-intl'
import type { Permission } from '@/api/keys'
import { PERMISSION_GROUPS, wordsOf } from '@/pages/keys/permissions'
import { CheckField } from '@/parts/CheckField'
import { useAccount } from '@/shell/session'
import styles from './Roles.module.css'

interface RolePermissionsProps {
  chosen: readonly Permission[]
  onChange: (chosen: readonly Permission[]) => void
}

/** What a role may do, in plain words. Nobody can give what he lacks; that is said where it is. */
export function RolePermissions({ chosen, onChange }: RolePermissionsProps) {
  const t = useTranslations('roles')
  const keys = useTranslations('keys')
  const { permissions: own } = useAccount()
  const toggle = (permission: Permission, checked: boolean) =>
    onChange(checked ? [...chosen, permission] : chosen.filter((one) => one !== permission))
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{t('may')}</legend>
      {PERMISSION_GROUPS.map(({ group, permissions }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset inside a fieldset is read out twice.
        <div key={group} role="group" aria-label={keys(`group.${group}`)} className={styles.checks}>
          <p className={styles.group_title}>{keys(`group.${group}`)}</p>
          {permissions.map((permission) => {
            const isOwn = own.includes(permission)
            return (
              <CheckField
                key={permission}
                label={keys(`permission.${wordsOf(permission)}`)}
                detail={isOwn ? t(`explained.${wordsOf(permission)}`) : t('lacked')}
                checked={chosen.includes(permission)}
                disabled={!isOwn}
                onChange={(checked) => toggle(permission, checked)}
              />
            )
          })}
        </div>
      ))}
    </fieldset>
  )
}
