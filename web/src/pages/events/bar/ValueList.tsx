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
  if (state === 'error') return <Note text={t('window.values_failed')} />
  if (state === 'pending') return <Note text={t('window.values_loading')} />
  if (values.length === 0) return <Note text={t('window.values_none')} />
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

/** Why there is nothing to choose: an option that cannot be chosen, because a list holds options only. */
function Note({ text }: { text: string }) {
  return (
    <Combobox.Option value="" disabled aria-disabled className={styles.note}>
      {text}
    </Combobox.Option>
  )
}
