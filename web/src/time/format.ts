import { isMidnight, lastDate, type Range } from './civil'

/** A message of a namespace, with its values filled in. */
export type Say<Key extends string> = (key: Key, values?: Record<string, string | number>) => string

const LOCALE = 'en-US'
const names = (style: 'short' | 'long') =>
  Array.from({ length: 12 }, (_, month) =>
    new Intl.DateTimeFormat(LOCALE, { month: style, timeZone: 'UTC' }).format(
      Date.UTC(2026, month),
    ),
  )
const MONTHS = names('short')
const LONG_MONTHS = names('long')
const WEEKDAYS = Array.from({ length: 7 }, (_, day) =>
  new Intl.DateTimeFormat(LOCALE, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2026, 5, 1 + day),
  ),
)

/** The twelve months in full. */
export const MONTH_NAMES: readonly string[] = LONG_MONTHS

const two = (number: number) => String(number).padStart(2, '0')

/** `10:41`. */
export function clock(at: { hour: number; minute: number }): string {
  return `${two(at.hour)}:${two(at.minute)}`
}

export const clockSeconds = (at: Temporal.ZonedDateTime) => `${clock(at)}:${two(at.second)}`

/** `21 Nov 2026`, or without the year. */
export function dayText(date: Temporal.PlainDate | Temporal.ZonedDateTime, year = true): string {
  return `${date.day} ${MONTHS[date.month - 1]}${year ? ` ${date.year}` : ''}`
}

/** `Saturday, 21 November 2026`: a date that is read out. */
export function longDay(date: Temporal.PlainDate | Temporal.ZonedDateTime): string {
  return `${WEEKDAYS[date.dayOfWeek - 1]}, ${date.day} ${LONG_MONTHS[date.month - 1]} ${date.year}`
}

/** `Saturday`. */
export function weekdayName(date: Temporal.PlainDate): string {
  return WEEKDAYS[date.dayOfWeek - 1] ?? ''
}

function at(instant: string, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
}

/** The time of a row: `21 Nov, 10:41:02`, with the year `21 Nov 2026, 10:41:02`. */
export function listTime(instant: string, zone: string, year: boolean): string {
  const local = at(instant, zone)
  return `${dayText(local, year)}, ${clockSeconds(local)}`
}

/** Whether rows of a range carry the year: unless it is the current one and the whole range lies in it. */
export function needsYear(range: Range, zone: string, now: Temporal.Instant): boolean {
  const { year } = now.toZonedDateTimeISO(zone)
  if (range.from === null || range.to === null) return true
  return range.from.year !== year || range.to.subtract({ nanoseconds: 1 }).year !== year
}

/** The time of the Activity column set: `Jun 22, 2023 03:06 PM`. */
export function activityTime(instant: string, zone: string): string {
  const local = at(instant, zone)
  const hour = local.hour % 12 === 0 ? 12 : local.hour % 12
  const half = local.hour < 12 ? 'AM' : 'PM'
  const day = `${MONTHS[local.month - 1]} ${two(local.day)}, ${local.year}`
  return `${day} ${two(hour)}:${two(local.minute)} ${half}`
}

/** The long form: `Saturday, 21 November 2026 at 09:55:19 CET`. */
export function longTime(instant: string, zone: string): string {
  const local = at(instant, zone)
  return `${longDay(local)} at ${clockSeconds(local)} ${zoneShort(local)}`
}

/** The form without a zone to think about: `2026-11-21 08:55:19.353 UTC`. */
export function utcTime(instant: string): string {
  const text = Temporal.Instant.from(instant).toString()
  const digits = (/\.(\d+)Z$/.exec(text)?.[1] ?? '').length
  const fraction = digits <= 3 ? 3 : digits <= 6 ? 6 : 9
  const exact = Temporal.Instant.from(instant).toString({ fractionalSecondDigits: fraction })
  return exact.replace('T', ' ').replace('Z', ' UTC')
}

/** The abbreviation people use there (`CET`, `EST`), or the offset where there is none. */
function zoneShort(local: Temporal.ZonedDateTime): string {
  if (isUtc(local.timeZoneId)) return 'UTC'
  for (const locale of ['en-GB', 'en-US', 'en-CA', 'en-AU', 'en-IN']) {
    const style = { timeZone: local.timeZoneId, timeZoneName: 'short' } as const
    const parts = new Intl.DateTimeFormat(locale, style).formatToParts(local.epochMilliseconds)
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
    if (/^[A-Z]{2,5}$/.test(name) && name !== 'GMT') return name
    if (name === 'GMT' && local.offsetNanoseconds === 0) return name
  }
  return offsetText(local)
}

function isUtc(zone: string): boolean {
  return /^(Etc\/)?(UTC|UCT|Universal|Zulu)$/.test(zone)
}

/** `GMT+1`, `GMT-3:30`, `GMT`. */
export function offsetText(local: Temporal.ZonedDateTime): string {
  const minutes = Math.trunc(local.offsetNanoseconds / 60e9)
  if (minutes === 0) return 'GMT'
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `GMT${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${two(rest)}`}`
}

/** The zone as people know it, at an instant: `Berlin (GMT+1)`, `UTC`. */
export function zoneLabel(zone: string, instant: Temporal.Instant): string {
  if (isUtc(zone)) return 'UTC'
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
  return `${city} (${offsetText(instant.toZonedDateTimeISO(zone))})`
}

/** What the words of a range are called in the messages. */
export type RangeKey = 'range.since' | 'range.until' | 'range.all'

/** A range for people: `1 Oct 2025 – 31 Oct 2025`, with times unless it consists of whole days. Always with years. */
export function rangeText(range: Range, say: Say<RangeKey>): string {
  const { from, to } = range
  if (from === null && to === null) return say('range.all')
  if (from === null) return say('range.until', { to: endText(to) })
  if (to === null) return say('range.since', { from: startText(from) })
  if (isMidnight(from) && isMidnight(to) && to.epochNanoseconds > from.epochNanoseconds) {
    const [first, last] = [dayText(from), dayText(lastDate(to))]
    return first === last ? first : `${first} – ${last}`
  }
  if (from.toPlainDate().equals(lastDate(to))) {
    return `${dayText(from)}, ${clockOf(from)} – ${isMidnight(to) ? '24:00' : clockOf(to)}`
  }
  return `${dayText(from)}, ${clockOf(from)} – ${dayText(lastDate(to))}, ${isMidnight(to) ? '24:00' : clockOf(to)}`
}

const clockOf = (time: Temporal.ZonedDateTime) =>
  time.second === 0 ? clock(time) : clockSeconds(time)

function startText(from: Temporal.ZonedDateTime): string {
  return isMidnight(from) ? dayText(from) : `${dayText(from)}, ${clockOf(from)}`
}

function endText(to: Temporal.ZonedDateTime | null): string {
  if (to === null) return ''
  return isMidnight(to) ? dayText(lastDate(to)) : `${dayText(to)}, ${clockOf(to)}`
}

/** The exact range with its zone: `2026-10-22 00:00 – 2026-11-21 24:00 · Berlin (GMT+1)`. */
export function exactRange(range: Range, zone: string, now: Temporal.Instant): string {
  const { from, to } = range
  const start = from === null ? '…' : `${from.toPlainDate()} ${clockOf(from)}`
  let end = '…'
  if (to !== null)
    end = isMidnight(to) ? `${lastDate(to)} 24:00` : `${to.toPlainDate()} ${clockOf(to)}`
  const shown = (to?.subtract({ nanoseconds: 1 }) ?? from)?.toInstant() ?? now
  return `${start} – ${end} · ${zoneLabel(zone, shown)}`
}
