import { useTranslations } from 'use-intl'
import { now } from '@/time/clock'
import { relative } from '@/time/elapsed'
import { dayText, longTime } from '@/time/format'

interface MomentProps {
  /** RFC 3339. */
  at: string
  zone: string
  /** `day`: `21 Nov 2026`; `elapsed`: `3 min ago`. */
  show: 'day' | 'elapsed'
}

/** A time in few words; the exact one, with its zone, shows on hover. */
export function Moment({ at, zone, show }: MomentProps) {
  const t = useTranslations('time')
  const text =
    show === 'day'
      ? dayText(Temporal.Instant.from(at).toZonedDateTimeISO(zone))
      : relative(at, now(), (key, values) => t(key, values))
  return (
    <time dateTime={at} title={longTime(at, zone)}>
      {text}
    </time>
  )
}
