import { useTranslations } from 'use-intl'
import { SelectField } from '@/parts/SelectField'
import { TextField } from '@/parts/TextField'
import { useDisplay } from '@/shell/display'
import { now } from '@/time/clock'
import { LIFETIMES, type Lifetime } from './expiry'
import styles from './Keys.module.css'

interface ExpiryFieldProps {
  lifetime: Lifetime
  date: string
  onLifetime: (lifetime: Lifetime) => void
  onDate: (date: string) => void
  error: string | undefined
}

/** How long a key works. */
export function ExpiryField({ lifetime, date, onLifetime, onDate, error }: ExpiryFieldProps) {
  const t = useTranslations('keys')
  const { zone } = useDisplay()
  return (
    <div className={styles.expiry}>
      <SelectField
        label={t('expires')}
        value={lifetime}
        onChange={(event) => onLifetime(event.currentTarget.value as Lifetime)}
        data={LIFETIMES.map((value) => ({ value, label: t(`lifetime.${value}`) }))}
      />
      {lifetime === 'date' && (
        <TextField
          label={t('expiry_date')}
          type="date"
          min={now().toZonedDateTimeISO(zone).toPlainDate().toString()}
          value={date}
          error={error}
          onChange={(event) => onDate(event.currentTarget.value)}
        />
      )}
    </div>
  )
}
