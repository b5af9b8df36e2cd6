import type { Preset, TimeChoice } from '@/filter/state'
import { choiceOf } from './choice'
import { endOfDay, type Range, startOfDay } from './civil'
import { readPoint, type Span } from './parse_point'
import { type Here, PRESETS, ROLLING, todayOf } from './presets'

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(m|min|mins|minutes?)$/, 'minutes'],
  [/^(h|hr|hrs|hours?)$/, 'hours'],
  [/^(d|days?)$/, 'days'],
  [/^(w|wk|weeks?)$/, 'weeks'],
  [/^(mo|months?)$/, 'months'],
  [/^(y|yr|years?)$/, 'years'],
]

const SAME_AS_PRESET: Record<string, Preset> = {
  '1 hours': 'last_hour',
  '60 minutes': 'last_hour',
  '24 hours': 'last_24_hours',
  '30 days': 'last_30_days',
  '90 days': 'last_90_days',
}

/**
 * Reads what a person types as a range, in the shown zone: the name of a preset, `last 2h`, `last 15 min`, a date
 * or time (see {@link readPoint}), two of them joined by ` to ` or ` - `, `since …`, `until …`. A moment alone begins
 * a range that ends with today. Two ends in the wrong order change places. Null when it is none of them.
 */
export function parseTyped(typed: string, here: Here): TimeChoice | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ')
  if (text === '') return null
  const name = text.replaceAll(' ', '_')
  const preset = [...PRESETS, ...ROLLING].find((known) => known === name)
  if (preset !== undefined) return { preset }
  const range =
    lastOf(text, here) ?? joined(text, here) ?? openEnded(text, here) ?? alone(text, here)
  if (range === null) return null
  return 'preset' in range ? range : choiceOf(range)
}

/** `last 2h`: whole minutes that end now; days and longer are calendar days that include today. */
function lastOf(text: string, here: Here): Range | { preset: Preset } | null {
  const found = /^(?:last|past) (\d{1,4}) ?([a-z]+)$/.exec(text)
  const unit = UNITS.find(([pattern]) => pattern.test(found?.[2] ?? ''))?.[1]
  const count = Number(found?.[1])
  if (unit === undefined || count === 0) return null
  const preset = SAME_AS_PRESET[`${count} ${unit}`]
  if (preset !== undefined) return { preset }
  if (unit === 'minutes' || unit === 'hours') {
    const now = here.now.toZonedDateTimeISO(here.zone)
    const round = (at: Temporal.ZonedDateTime, roundingMode: 'floor' | 'ceil') =>
      at.round({ smallestUnit: 'minute', roundingMode })
    return { from: round(now.subtract({ [unit]: count }), 'floor'), to: round(now, 'ceil') }
  }
  const tomorrow = todayOf(here).add({ days: 1 })
  const first = tomorrow.subtract({ [unit]: count })
  if (first.year < 1970) return null
  return { from: startOfDay(first, here.zone), to: startOfDay(tomorrow, here.zone) }
}

function joined(text: string, here: Here): Range | null {
  const parts = text.split(/ (?:to|-|–|—|until) | ?\.\. ?/)
  if (parts.length !== 2) return null
  const today = todayOf(here)
  const first = readPoint(parts[0] ?? '', here, today)
  if (first === null) return null
  const last = readPoint(parts[1] ?? '', here, first.from.toPlainDate())
  return last === null ? null : across(first, last)
}

function across(one: Span, other: Span): Range {
  const compare = Temporal.ZonedDateTime.compare
  return {
    from: compare(one.from, other.from) <= 0 ? one.from : other.from,
    to: compare(one.to, other.to) >= 0 ? one.to : other.to,
  }
}

function openEnded(text: string, here: Here): Range | null {
  const found = /^(since|from|after|until|till|before) (.+)$/.exec(text)
  const point = found === null ? null : readPoint(found[2] ?? '', here, todayOf(here))
  if (point === null) return null
  switch (found?.[1]) {
    case 'since':
    case 'from':
      return { from: point.from, to: null }
    case 'after':
      return { from: point.to, to: null }
    case 'before':
      return { from: null, to: point.from }
    default:
      return { from: null, to: point.to }
  }
}

/** A day, month or year is itself; a moment begins a range that ends with today, or with its own day when later. */
function alone(text: string, here: Here): Range | null {
  const today = todayOf(here)
  const point = readPoint(text, here, today)
  if (point === null) return null
  if (Temporal.ZonedDateTime.compare(point.from, point.to) < 0) return point
  const day = point.from.toPlainDate()
  const last = Temporal.PlainDate.compare(day, today) > 0 ? day : today
  return { from: point.from, to: endOfDay(last, here.zone) }
}
