import { useTranslations } from 'use-intl'
import { knownColumns } from '@/pages/events/columns'
import { Button } from '@/parts/Button'
import { ChoiceField } from '@/parts/ChoiceField'
import { FormSection } from '@/parts/FormSection'
import { ColumnSetField } from './ColumnSetField'
import styles from './Preferences.module.css'
import type { FieldsProps } from './TimeFields'

/** What the list shows, and how tightly. */
export function LogFields({ chosen, account, onChange }: FieldsProps) {
  const t = useTranslations('preferences')
  const names = useTranslations('events.columns')
  const own = knownColumns(chosen.columns ?? null)
  return (
    <FormSection title={t('log')} lead={t('log_lead')}>
      <ColumnSetField<'inherit'>
        value={chosen.column_set ?? 'inherit'}
        first={{
          value: 'inherit',
          label: t('as_account'),
          detail: t(`sets.${account?.column_set ?? 'account'}`),
        }}
        onChange={(set) => onChange({ column_set: set === 'inherit' ? null : set, columns: null })}
      />
      {own !== null && (
        <p className={styles.own}>
          {t('own_columns', { columns: own.map((column) => names(column)).join(' · ') })}
          <Button size="sm" onClick={() => onChange({ columns: null })}>
            {t('own_columns_reset')}
          </Button>
        </p>
      )}
      <ChoiceField
        label={t('density')}
        value={chosen.density}
        onChange={(density) => onChange({ density })}
        choices={[
          { value: 'comfortable', label: t('comfortable') },
          { value: 'compact', label: t('compact') },
        ]}
      />
    </FormSection>
  )
}
