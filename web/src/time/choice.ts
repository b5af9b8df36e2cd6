import type { Preset, TimeChoice } from '@/filter/state'
import { type Range, readEnd, writeEnd } from './civil'
import { type RangeKey, rangeText, type Say } from './format'
import { type Here, resolvePreset } from './presets'

const NAMES: Record<Preset, string> = {
  all_time: 'all',
  today: 'today',
  yesterday: 'yesterday',
  this_week: 'week',
  this_month: 'month',
  last_month: 'last-month',
  last_30_days: '30d',
  last_90_days: '90d',
  this_year: 'year',
  last_year: 'last-year',
  last_hour: '1h',
  last_24_hours: '24h',
}

const PRESET_OF = new Map(
  Object.entries(NAMES).map(([preset, name]) => [name, preset as Preset] as const),
)

/** What a choice is called in a URL: `30d`, `2026-11-01T00:00..2026-11-21T24:00`, `2026-11-01T00:00..`. */
export function writeTime(choice: TimeChoice): string {
  if ('preset' in choice) return NAMES[choice.preset]
  return `${choice.from ?? ''}..${choice.to ?? ''}`
}

/** Reads what {@link writeTime} writes, also with bare dates; null when it is nothing of the kind. */
export function readTime(text: string): TimeChoice | null {
  const preset = PRESET_OF.get(text)
  if (preset !== undefined) return { preset }
  const ends = text.split('..')
  if (ends.length !== 2) return null
  const [from, to] = [ends[0] || null, ends[1] || null]
  if (from === null && to === null) return null
  // Whether an end can be read, and the order of two of a kind, are the same in every zone.
  const first = from === null ? null : readEnd(from, 'from', 'UTC')
  const last = to === null ? null : readEnd(to, 'to', 'UTC')
  if ((from !== null && first === null) || (to !== null && last === null)) return null
  const comparable = from?.endsWith('Z') === to?.endsWith('Z')
  if (
    comparable &&
    first !== null &&
    last !== null &&
    Temporal.ZonedDateTime.compare(first, last) > 0
  )
    return null
  return { from: withClock(from, 'T00:00'), to: withClock(to, 'T24:00') }
}

function withClock(end: string | null, clock: string): string | null {
  return end !== null && /^\d{4}-\d{2}-\d{2}$/.test(end) ? `${end}${clock}` : end
}

/** The instants that a choice means here. */
export function resolveTime(choice: TimeChoice, here: Here): Range {
  if ('preset' in choice) return resolvePreset(choice.preset, here)
  return {
    from: choice.from === null ? null : readEnd(choice.from, 'from', here.zone),
    to: choice.to === null ? null : readEnd(choice.to, 'to', here.zone),
  }
}

/** The choice of exactly these instants. */
export function choiceOf(range: Range): TimeChoice {
  if (range.from === null && range.to === null) return { preset: 'all_time' }
  return {
    from: range.from === null ? null : writeEnd(range.from, 'from'),
    to: range.to === null ? null : writeEnd(range.to, 'to'),
  }
}

/** Whether two choices say the same. */
export function sameTime(one: TimeChoice, other: TimeChoice): boolean {
  return writeTime(one) === writeTime(other)
}

/** The label of the time button: the name of the preset, or the range with its years. */
export function timeLabel(
  choice: TimeChoice,
  here: Here,
  say: Say<`preset.${Preset}` | RangeKey>,
): string {
  if ('preset' in choice) return say(`preset.${choice.preset}`)
  return rangeText(resolveTime(choice, here), say)
}
