import { Combobox } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { ValueCount } from '@/api/events'
import { valueText } from '@/filter/describe'
import type { Value } from '@/filter/state'
import styles from './ValueField.module.css'

interface ValueListProps {
  column: string
  values: readonly ValueCount[]
  /** Values that are chosen already. */
  chosen: readonly Value[]
  state: 'pending' | 'error' | 'success'
}

/** The values that exist in a column, with how many events have them. */
export function ValueList({ column, values, chosen, state }: ValueListProps) {
  const t = useTranslations('filter')
  if (state !== 'success') {
    return (
      <p className={styles.note}>
        {t(state === 'error' ? 'window.values_failed' : 'window.values_loading')}
      </p>
    )
  }
  if (values.length === 0) return <p className={styles.note}>{t('window.values_none')}</p>
  return values.map((one, at) => {
    const value = one.value as Value
    const isChosen = chosen.includes(value)
    const known = column === 'weekday' || column === 'first_seen'
    return (
      <Combobox.Option
        key={JSON.stringify(value)}
        value={String(at)}
        active={isChosen}
        aria-selected={isChosen}
      >
        <span className={styles.option}>
          <span className={styles.name}>
            {known ? valueText(column, value, t) : one.label || t('words.empty')}
            {one.detail && <span className={styles.detail}>{one.detail}</span>}
          </span>
          <span className={styles.count}>{one.count.toLocaleString('en')}</span>
        </span>
      </Combobox.Option>
    )
  })
}
