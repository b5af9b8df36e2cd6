import { useTranslations } from 'use-intl'
import type { Permission } from '@/api/keys'
import { CheckField } from '@/parts/CheckField'
import { useAccount } from '@/shell/session'
import styles from './Keys.module.css'
import { PERMISSION_GROUPS, wordsOf } from './permissions'

interface PermissionFieldsProps {
  chosen: readonly Permission[]
  onChange: (chosen: readonly Permission[]) => void
  error: string | undefined
}

/** What the key may do. Nobody can give what he lacks, so that is not offered. */
export function PermissionFields({ chosen, onChange, error }: PermissionFieldsProps) {
  const t = useTranslations('keys')
  const { permissions: own } = useAccount()
  const toggle = (permission: Permission, checked: boolean) =>
    onChange(checked ? [...chosen, permission] : chosen.filter((one) => one !== permission))
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{t('permissions')}</legend>
      {PERMISSION_GROUPS.map(({ group, permissions }) => {
        const offered = permissions.filter((permission) => own.includes(permission))
        if (offered.length === 0) return null
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset inside a fieldset is read out twice.
          <div key={group} role="group" aria-label={t(`group.${group}`)} className={styles.group}>
            <p className={styles.group_title}>{t(`group.${group}`)}</p>
            {offered.map((permission) => (
              <CheckField
                key={permission}
                label={
                  <>
                    {t(`permission.${wordsOf(permission)}`)}{' '}
                    <code className={styles.code}>{permission}</code>
                  </>
                }
                detail={t(`explained.${wordsOf(permission)}`)}
                checked={chosen.includes(permission)}
                onChange={(checked) => toggle(permission, checked)}
              />
            ))}
          </div>
        )
      })}
      {error !== undefined && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </fieldset>
  )
}
