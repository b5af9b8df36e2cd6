import { daysIntoWeek, type WeekStart } from './week'

const FIRST_DATE = '1970-01-01'

/** The weeks of a month, each of seven days; null where a day belongs to another month. */
export function weeksOf(
  month: Temporal.PlainYearMonth,
  weekStart: WeekStart,
): readonly (readonly (Temporal.PlainDate | null)[])[] {
  const first = month.toPlainDate({ day: 1 })
  const before = daysIntoWeek(first, weekStart)
  const weeks = Math.ceil((before + month.daysInMonth) / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => {
      const number = week * 7 + day - before + 1
      return number < 1 || number > month.daysInMonth ? null : first.with({ day: number })
    }),
  )
}

/** Seven dates in the order of the week, to name its days by. */
export function weekdaysOf(weekStart: WeekStart): readonly Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from(
    { mon: '2024-01-01', sun: '2024-01-07', sat: '2024-01-06' }[weekStart],
  )
  return Array.from({ length: 7 }, (_, days) => first.add({ days }))
}

/** Where a key moves the focus of the calendar: never past today; null for keys that are not its own. */
export function movedDate(
  date: Temporal.PlainDate,
  key: string,
  shift: boolean,
  weekStart: WeekStart,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const into = daysIntoWeek(date, weekStart)
  const moves: Record<string, Temporal.DurationLike> = {
    ArrowLeft: { days: -1 },
    ArrowRight: { days: 1 },
    ArrowUp: { days: -7 },
    ArrowDown: { days: 7 },
    PageUp: shift ? { years: -1 } : { months: -1 },
    PageDown: shift ? { years: 1 } : { months: 1 },
    Home: { days: -into },
    End: { days: 6 - into },
  }
  const move = moves[key]
  return move === undefined ? null : within(date.add(move), today)
}

/** The date itself, or the nearest one that can be picked. */
export function within(date: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  const first = Temporal.PlainDate.from(FIRST_DATE)
  if (Temporal.PlainDate.compare(date, first) < 0) return first
  return Temporal.PlainDate.compare(date, today) > 0 ? today : date
}

/** The years to choose from: those since the account was made, and ten years back at least; newest first. */
export function yearsOf(
  today: Temporal.PlainDate,
  ...earliest: readonly (number | undefined)[]
): readonly number[] {
  const known = earliest.filter((year) => year !== undefined)
  const first = Math.max(1970, Math.min(today.year - 10, ...known))
  return Array.from({ length: today.year - first + 1 }, (_, back) => today.year - back)
}
