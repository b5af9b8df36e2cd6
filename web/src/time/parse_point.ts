import { atClock, dateOf, endOfDay, startOfDay } from './civil'
import { MONTH_NAMES } from './format'
import { type Here, todayOf } from './presets'

/** What a typed date or time covers: a moment has equal ends, a day, month or year its whole length. */
export interface Span {
  readonly from: Temporal.ZonedDateTime
  readonly to: Temporal.ZonedDateTime
}

type Dates = readonly [first: Temporal.PlainDate, after: Temporal.PlainDate]

const TIME = /(?:^|\s+|t)(?:at\s+)?(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))?\s*(am|pm|h)?$/

/**
 * Reads a date (`2026-11-01`, `1 Nov 2026`, `Nov 1`, `21.11.2026`, `Nov 2026`, `2026`, `yesterday`), a date with a
 * time (`2026-11-01 9:00`, `yesterday 3 pm`), a time of `day` (`9:00`), or `now`; null when it is none.
 */
export function readPoint(text: string, here: Here, day: Temporal.PlainDate): Span | null {
  if (text === 'now') {
    const now = here.now.toZonedDateTimeISO(here.zone)
    return { from: now, to: now }
  }
  const dates = readDates(text, here)
  if (dates !== null) return spanOf(dates, here.zone)
  const found = TIME.exec(text)
  // A bare number is a year or nothing; only with a colon, `am`, `pm` or `h` it is a time.
  if (found === null || (found[2] === undefined && found[4] === undefined)) return null
  const before = text.slice(0, found.index).replace(/,$/, '').trim()
  const dated = before === '' ? ([day, day.add({ days: 1 })] as const) : readDates(before, here)
  if (dated === null || !dated[0].add({ days: 1 }).equals(dated[1])) return null
  return moment(dated[0], found, here.zone)
}

function spanOf([first, after]: Dates, zone: string): Span {
  return { from: startOfDay(first, zone), to: startOfDay(after, zone) }
}

function moment(date: Temporal.PlainDate, found: RegExpExecArray, zone: string): Span | null {
  const [typed, minute, second] = [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)]
  const half = found[4]
  if ((half === 'am' || half === 'pm') && (typed < 1 || typed > 12)) return null
  const hour = half === 'pm' ? (typed % 12) + 12 : half === 'am' ? typed % 12 : typed
  if (minute > 59 || second > 59 || hour > 24) return null
  if (hour === 24 && (minute > 0 || second > 0)) return null
  const at =
    hour === 24
      ? endOfDay(date, zone)
      : hour + minute + second === 0
        ? startOfDay(date, zone)
        : atClock(date.toPlainDateTime({ hour, minute, second }), zone)
  return { from: at, to: at }
}

function readDates(text: string, here: Here): Dates | null {
  const today = todayOf(here)
  if (text === 'today') return oneDay(today)
  if (text === 'yesterday') return oneDay(today.subtract({ days: 1 }))
  const iso = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(text)
  if (iso !== null) return partial(iso[1], iso[2], iso[3])
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text)
  if (dotted !== null) return partial(dotted[3], dotted[2], dotted[1])
  return named(text, today)
}

function oneDay(date: Temporal.PlainDate | null): Dates | null {
  return date === null ? null : [date, date.add({ days: 1 })]
}

function partial(year?: string, month?: string, day?: string): Dates | null {
  if (day !== undefined) return oneDay(dateOf(Number(year), Number(month), Number(day)))
  const first = dateOf(Number(year), Number(month ?? 1), 1)
  if (first === null) return null
  return [first, first.add(month === undefined ? { years: 1 } : { months: 1 })]
}

/** Dates with the name of a month, in either order; without a year the latest that has begun. */
function named(text: string, today: Temporal.PlainDate): Dates | null {
  const words = text.replaceAll(',', ' ').split(/\s+/).filter(Boolean)
  const month = 1 + words.map(monthIndex).reduce((found, index) => Math.max(found, index), -1)
  const rest = words.filter((word) => monthIndex(word) === -1)
  if (month === 0 || rest.length !== words.length - 1 || rest.length > 2) return null
  const year = rest.find((word) => /^\d{4}$/.test(word))
  const day = rest.find((word) => /^\d{1,2}(st|nd|rd|th|\.)?$/.test(word))
  if (rest.length !== Number(year !== undefined) + Number(day !== undefined)) return null
  const dated = (of: number) =>
    partial(
      String(of),
      String(month),
      day === undefined ? undefined : String(Number.parseInt(day, 10)),
    )
  if (year !== undefined) return dated(Number(year))
  const thisYear = dated(today.year)
  const isAhead = thisYear === null || Temporal.PlainDate.compare(thisYear[0], today) > 0
  return isAhead ? dated(today.year - 1) : thisYear
}

function monthIndex(word: string): number {
  const letters = word.replace(/\.$/, '')
  if (letters.length < 3) return -1
  return MONTH_NAMES.findIndex((name) =>
    name.toLowerCase().startsWith(letters === 'sept' ? 'sep' : letters),
  )
}
