/** A half-open range of instants, seen in a zone; null is an open end. */
export interface Range {
  readonly from: Temporal.ZonedDateTime | null
  readonly to: Temporal.ZonedDateTime | null
}

const FIRST_YEAR = 1970
const LAST_YEAR = 2261
const END = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z$/

/** The date of the calendar, or null when there is none such, or none that events can have. */
export function dateOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (year < FIRST_YEAR || year > LAST_YEAR) return null
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return null
  }
}

/** The first instant of a date: midnight, the end of the gap that skips it, the earlier one of two. */
export function startOfDay(date: Temporal.PlainDate, zone: string): Temporal.ZonedDateTime {
  return date.toZonedDateTime(zone)
}

/** The instant after the last one of a date. */
export function endOfDay(date: Temporal.PlainDate, zone: string): Temporal.ZonedDateTime {
  return startOfDay(date.add({ days: 1 }), zone)
}

/** When clocks in the zone show this; the first instant after the gap that skips it, the earlier one of two. */
export function atClock(local: Temporal.PlainDateTime, zone: string): Temporal.ZonedDateTime {
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (earlier.toPlainDateTime().equals(local)) return earlier
  return earlier.getTimeZoneTransition('next') ?? earlier
}

/**
 * Reads an end of a range: `2026-11-01T09:00` in the zone, `2026-11-21T24:00`, a bare date (its first instant as
 * `from`, its end as `to`), or an instant in UTC. Null when it is none of them.
 */
export function readEnd(
  text: string,
  side: 'from' | 'to',
  zone: string,
): Temporal.ZonedDateTime | null {
  if (INSTANT.test(text)) return readInstant(text, zone)
  const found = END.exec(text)
  if (found === null) return null
  const date = dateOf(Number(found[1]), Number(found[2]), Number(found[3]))
  if (date === null) return null
  if (found[4] === undefined) return side === 'from' ? startOfDay(date, zone) : endOfDay(date, zone)
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)]
  if (hour === 24 && minute === 0 && second === 0) return endOfDay(date, zone)
  if (hour > 23 || minute > 59 || second > 59) return null
  if (hour === 0 && minute === 0 && second === 0) return startOfDay(date, zone)
  return atClock(date.toPlainDateTime({ hour, minute, second }), zone)
}

function readInstant(text: string, zone: string): Temporal.ZonedDateTime | null {
  try {
    const at = Temporal.Instant.from(text).toZonedDateTimeISO(zone)
    return at.year < FIRST_YEAR || at.year > LAST_YEAR ? null : at
  } catch {
    return null
  }
}

/**
 * Writes what {@link readEnd} reads. An end at midnight belongs to the day before (`T24:00`); what clocks cannot say
 * (the second of two equal hours, parts of a second) is written as an instant in UTC.
 */
export function writeEnd(at: Temporal.ZonedDateTime, side: 'from' | 'to'): string {
  const text = side === 'to' && isMidnight(at) ? lastMidnight(at) : clockText(at)
  const back = readEnd(text, side, at.timeZoneId)
  return back?.epochNanoseconds === at.epochNanoseconds ? text : at.toInstant().toString()
}

function lastMidnight(at: Temporal.ZonedDateTime): string {
  return `${at.toPlainDate().subtract({ days: 1 })}T24:00`
}

function clockText(at: Temporal.ZonedDateTime): string {
  const precision = at.second === 0 ? 'minute' : 'second'
  return at.toPlainDateTime().toString({ smallestUnit: precision })
}

/** Whether a day begins at this instant. */
export function isMidnight(at: Temporal.ZonedDateTime): boolean {
  return at.epochNanoseconds === startOfDay(at.toPlainDate(), at.timeZoneId).epochNanoseconds
}

/** The last date that a range ending here (exclusively) shows. */
export function lastDate(to: Temporal.ZonedDateTime): Temporal.PlainDate {
  return isMidnight(to) ? to.toPlainDate().subtract({ days: 1 }) : to.toPlainDate()
}
