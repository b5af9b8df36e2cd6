import { useTranslations } from 'use-intl'
import type { EventPage } from '@/api/events'
import { Button } from '@/parts/Button'
import { now } from '@/time/clock'
import { rangeText, zoneLabel } from '@/time/format'
import { civilRange } from './civil_range'
import styles from './ListHead.module.css'

interface ListHeadProps {
  total: number | null
  range: EventPage['range'] | null
  zone: string
  /** Events a second, when more come than can be read. */
  rate: number
  /** Whether the chart is shown as a table, too. */
  asTable: boolean
  onTable: (asTable: boolean) => void
}

/** How many events there are, from when to when, and in which zone all times are. */
export function ListHead({ total, range, zone, rate, asTable, onTable }: ListHeadProps) {
  const t = useTranslations('events')
  const time = useTranslations('time')
  const chart = useTranslations('chart')
  const span = range && rangeText(civilRange(range, zone), time as never)
  return (
    <div className={styles.line}>
      <p role="status" className={styles.count}>
        {total === null ? t('counting') : t('count', { count: total })}
        {span !== null && <span className={styles.span}> · {span}</span>}
        {rate > 0 && <span className={styles.span}> · {t('rate', { rate })}</span>}
      </p>
      <p className={styles.zone}>
        {range &&
          t('zone', { zone: zoneLabel(zone, range.to ? Temporal.Instant.from(range.to) : now()) })}
      </p>
      <Button look="quiet" size="sm" aria-pressed={asTable} onClick={() => onTable(!asTable)}>
        {chart('show_table')}
      </Button>
    </div>
  )
}
