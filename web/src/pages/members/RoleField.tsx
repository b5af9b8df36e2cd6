import { useTranslations } from 'use-intl'
import type { Role } from '@/api/roles'
import { SelectField } from '@/parts/SelectField'
import { useAccount } from '@/shell/session'
import { usePermissionNames } from './permission_names'
import { mayGive } from './standing'

interface RoleFieldProps {
  roles: readonly Role[]
  value: string
  onChange: (id: string) => void
  disabled?: boolean
  error?: string | undefined
}

/** One of the account's roles, with what it may do; those that one may not give cannot be chosen. */
export function RoleField({ roles, value, onChange, disabled = false, error }: RoleFieldProps) {
  const t = useTranslations('members')
  const { permissions: own } = useAccount()
  const names = usePermissionNames()
  const chosen = roles.find(({ id }) => id === value)
  const can = chosen === undefined ? [] : names(chosen.permissions)
  return (
    <SelectField
      label={t('role')}
      value={value}
      disabled={disabled}
      error={error}
      description={
        chosen && (can.length === 0 ? t('role_nothing') : t('role_can', { list: can.join(', ') }))
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={roles.map((role) => {
        const isGivable = role.id === value || mayGive(own, role)
        return {
          value: role.id,
          label: isGivable ? role.name : t('role_above', { role: role.name }),
          disabled: !isGivable,
        }
      })}
    />
  )
}
