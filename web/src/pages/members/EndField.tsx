import { useTranslations } from 'use-intl'
import { LIFETIMES, type Lifetime } from '@/pages/keys/expiry'
import { SelectField } from '@/parts/SelectField'
import { TextField } from '@/parts/TextField'
import { useDisplay } from '@/shell/display'
import { now } from '@/time/clock'
import { dayText } from '@/time/format'
import styles from './Members.module.css'

/** When access ends: as it is now, or one of the usual lifetimes. */
export interface End {
  readonly lifetime: Lifetime | 'keep'
  readonly date: string
}

interface EndFieldProps {
  value: End
  onChange: (value: End) => void
  /** When it ends now; it can stay so. */
  present?: string | null
  disabled?: boolean
  error?: string | undefined
}

/** Until when somebody has access. */
export function EndField({ value, onChange, present, disabled = false, error }: EndFieldProps) {
  const t = useTranslations('members')
  const { zone } = useDisplay()
  const kept =
    present == null
      ? []
      : [
          {
            value: 'keep',
            label: t('end_keep', {
              day: dayText(Temporal.Instant.from(present).toZonedDateTimeISO(zone)),
            }),
          },
        ]
  return (
    <div className={styles.end}>
      <SelectField
        label={t('end')}
        value={value.lifetime}
        disabled={disabled}
        onChange={({ currentTarget }) =>
          onChange({ ...value, lifetime: currentTarget.value as End['lifetime'] })
        }
        data={[
          ...kept,
          ...LIFETIMES.map((lifetime) => ({ value: lifetime, label: t(`lifetime.${lifetime}`) })),
        ]}
      />
      {value.lifetime === 'date' && (
        <TextField
          label={t('end_date')}
          type="date"
          min={now().toZonedDateTimeISO(zone).toPlainDate().toString()}
          value={value.date}
          error={error}
          onChange={(event) => onChange({ ...value, date: event.currentTarget.value })}
        />
      )}
    </div>
  )
}
