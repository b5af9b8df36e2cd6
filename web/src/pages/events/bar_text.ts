import { useTranslations } from 'use-intl'
import { dayText } from '@/time/format'
import type { Bar } from './chart'

/** What a bar says in words: its span, its count, how many failed. */
export function useBarText(zone: string): (bar: Bar | undefined) => string {
  const t = useTranslations('chart')
  return (bar) => {
    if (bar === undefined) return ''
    const { count, failed } = bar
    return t('bar', { span: spanText(bar, zone), count, failed })
  }
}

/** `21 Nov 2026`, `21 Nov 2026, 09:00 – 12:00`, `1 Nov 2026 – 30 Nov 2026`. */
export function spanText({ from, to }: Pick<Bar, 'from' | 'to'>, zone: string): string {
  const start = Temporal.Instant.from(from).toZonedDateTimeISO(zone)
  const end = Temporal.Instant.from(to).toZonedDateTimeISO(zone)
  const lastDay = end.subtract({ nanoseconds: 1 }).toPlainDate()
  const isWhole = start.startOfDay().equals(start) && end.startOfDay().equals(end)
  if (isWhole) {
    const [first, last] = [dayText(start), dayText(lastDay)]
    return first === last ? first : `${first} – ${last}`
  }
  const clock = (at: Temporal.ZonedDateTime) =>
    at.toPlainTime().toString({ smallestUnit: 'minute' })
  const isOneDay = start.toPlainDate().equals(lastDay)
  if (isOneDay)
    return `${dayText(start)}, ${clock(start)} – ${end.startOfDay().equals(end) ? '24:00' : clock(end)}`
  return `${dayText(start)}, ${clock(start)} – ${dayText(end)}, ${clock(end)}`
}
