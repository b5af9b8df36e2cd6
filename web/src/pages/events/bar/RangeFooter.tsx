import { useTranslations } from 'use-intl'
import type { TimeChoice } from '@/filter/state'
import type { Range } from '@/time/civil'
import { dayText, exactRange, rangeText } from '@/time/format'
import type { Here } from '@/time/presets'
import styles from './TimePicker.module.css'

interface RangeFooterProps {
  choice: TimeChoice
  range: Range
  here: Here
  since: string | null
}

/** The range that would be applied: in days, and exactly, with its zone and always with its years. */
export function RangeFooter({ choice, range, here, since }: RangeFooterProps) {
  const t = useTranslations('time')
  const zoned = here.now.toZonedDateTimeISO(here.zone)
  const start = since === null ? null : Temporal.Instant.from(since).toZonedDateTimeISO(here.zone)
  const isAll = 'preset' in choice && choice.preset === 'all_time'
  const shown = isAll
    ? { from: start, to: zoned.round({ smallestUnit: 'minute', roundingMode: 'ceil' }) }
    : range
  const words =
    isAll && start === null
      ? t('since_account')
      : isAll && start !== null
        ? t('to_now', { from: dayText(start) })
        : rangeText(range, t)
  return (
    <p role="status" className={styles.range}>
      <strong className={styles.words}>{words}</strong>
      <span className={styles.exact}>{exactRange(shown, here.zone, here.now)}</span>
    </p>
  )
}
