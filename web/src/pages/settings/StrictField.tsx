import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { coverageQuery } from '@/api/coverage'
import type { Settings } from '@/api/display'
import { CheckField } from '@/parts/CheckField'
import { FormSection } from '@/parts/FormSection'
import { Notice } from '@/parts/Notice'
import { useAccount, useMay } from '@/shell/session'
import type { Edits } from './edits'

interface StrictFieldProps {
  shown: Settings
  onChange: (edits: Edits) => void
  disabled: boolean
}

/** Whether events that nobody declared are refused, and which that would be. */
export function StrictField({ shown, onChange, disabled }: StrictFieldProps) {
  const t = useTranslations('settings')
  const account = useAccount()
  const mayRead = useMay('audit:read')
  const { data } = useQuery({ ...coverageQuery(account.id), enabled: mayRead && !disabled })
  const refused = data?.undeclared.length ?? 0
  return (
    <FormSection title={t('strict_title')} lead={t('strict_lead')}>
      <CheckField
        label={t('strict')}
        detail={t('strict_detail')}
        checked={shown.catalog_strict}
        disabled={disabled}
        onChange={(catalog_strict) => onChange({ catalog_strict })}
      />
      {refused > 0 && (
        <Notice tone="warn">
          {t('strict_refuses', { count: refused })}{' '}
          <Link
            to="/a/$account/catalogue"
            params={{ account: account.id }}
            search={{ state: 'undeclared' }}
          >
            {t('strict_look')}
          </Link>
        </Notice>
      )}
    </FormSection>
  )
}
