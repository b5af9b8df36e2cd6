import type { Preset } from '@/filter/state'
import { type Range, startOfDay } from './civil'
import { daysIntoWeek, type WeekStart } from './week'

/** Where and when a person looks at the clock. */
export interface Here {
  /** IANA name. */
  readonly zone: string
  readonly weekStart: WeekStart
  readonly now: Temporal.Instant
}

/** The presets of the time picker, in its order. */
export const PRESETS = [
  'all_time',
  'today',
  'yesterday',
  'this_week',
  'this_month',
  'last_month',
  'last_30_days',
  'last_90_days',
  'this_year',
  'last_year',
] as const satisfies readonly Preset[]

/** The presets that end now, its second group. */
export const ROLLING = ['last_hour', 'last_24_hours'] as const satisfies readonly Preset[]

/** The date that calendars show here. */
export function todayOf(here: Here): Temporal.PlainDate {
  return here.now.toZonedDateTimeISO(here.zone).toPlainDate()
}

/**
 * The range that a preset means. Presets of days, weeks, months and years run to the end of their period;
 * `all_time` has no ends; the two rolling ones end now.
 */
export function resolvePreset(preset: Preset, here: Here): Range {
  if (preset === 'all_time') return { from: null, to: null }
  if (preset === 'last_hour') return upToNow(here, 1)
  if (preset === 'last_24_hours') return upToNow(here, 24)
  const [first, after] = datesOf(preset, todayOf(here), here.weekStart)
  return { from: startOfDay(first, here.zone), to: startOfDay(after, here.zone) }
}

function upToNow(here: Here, hours: number): Range {
  const to = here.now.toZonedDateTimeISO(here.zone)
  return { from: to.subtract({ hours }), to }
}

type Dated = Exclude<Preset, 'all_time' | 'last_hour' | 'last_24_hours'>

/** The first date of the preset, and the first one after it. */
function datesOf(
  preset: Dated,
  today: Temporal.PlainDate,
  weekStart: WeekStart,
): [Temporal.PlainDate, Temporal.PlainDate] {
  const tomorrow = today.add({ days: 1 })
  const month = today.with({ day: 1 })
  const year = today.with({ month: 1, day: 1 })
  switch (preset) {
    case 'today':
      return [today, tomorrow]
    case 'yesterday':
      return [today.subtract({ days: 1 }), today]
    case 'this_week': {
      const first = today.subtract({ days: daysIntoWeek(today, weekStart) })
      return [first, first.add({ days: 7 })]
    }
    case 'this_month':
      return [month, month.add({ months: 1 })]
    case 'last_month':
      return [month.subtract({ months: 1 }), month]
    case 'last_30_days':
      return [today.subtract({ days: 29 }), tomorrow]
    case 'last_90_days':
      return [today.subtract({ days: 89 }), tomorrow]
    case 'this_year':
      return [year, year.add({ years: 1 })]
    case 'last_year':
      return [year.subtract({ years: 1 }), year]
  }
}
