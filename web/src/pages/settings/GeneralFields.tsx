import { useTranslations } from 'use-intl'
import type { Settings } from '@/api/display'
import { ColumnSetField } from '@/pages/preferences/ColumnSetField'
import { WeekField } from '@/pages/preferences/WeekField'
import { FormSection } from '@/parts/FormSection'
import { TextField } from '@/parts/TextField'
import { ZoneField } from '@/parts/ZoneField'
import { useAccount } from '@/shell/session'
import type { Edits, FieldErrors } from './edits'
import styles from './Settings.module.css'

interface GeneralFieldsProps {
  shown: Settings
  onChange: (edits: Edits) => void
  disabled: boolean
  errors: FieldErrors
}

/** Name, time zone, week, and what lists show unless a person chose otherwise. */
export function GeneralFields({ shown, onChange, disabled, errors }: GeneralFieldsProps) {
  const t = useTranslations('settings')
  const { id } = useAccount()
  return (
    <>
      <FormSection title={t('general')} lead={t('general_lead')}>
        <TextField
          label={t('name')}
          autoComplete="off"
          value={shown.name}
          disabled={disabled}
          error={errors.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <div className={styles.id}>
          <span>{t('id')}</span>
          <code>{id}</code>
        </div>
        <ZoneField
          label={t('zone')}
          description={t('zone_hint')}
          value={shown.time_zone ?? 'UTC'}
          disabled={disabled}
          error={errors.time_zone}
          onChange={(time_zone) => onChange({ time_zone })}
        />
        <WeekField
          value={shown.week_start ?? null}
          otherwise={t('week_otherwise')}
          disabled={disabled}
          onChange={(week_start) => onChange({ week_start })}
        />
      </FormSection>
      <FormSection title={t('columns')} lead={t('columns_lead')}>
        <ColumnSetField
          value={shown.column_set}
          disabled={disabled}
          onChange={(column_set) => onChange({ column_set })}
        />
      </FormSection>
    </>
  )
}
