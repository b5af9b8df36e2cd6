/** The first day of a week, as the contract names it. */
export type WeekStart = 'mon' | 'sun' | 'sat'

interface WeekInfo {
  readonly firstDay: number
}

/** The first day of the week where this locale is spoken; Monday where the browser does not know. */
export function weekStartOf(locale: string): WeekStart {
  try {
    const read = new Intl.Locale(locale) as Intl.Locale & {
      getWeekInfo?: () => WeekInfo
      weekInfo?: WeekInfo
    }
    const first = (read.getWeekInfo?.() ?? read.weekInfo)?.firstDay
    return first === 7 ? 'sun' : first === 6 ? 'sat' : 'mon'
  } catch {
    return 'mon'
  }
}

/** How many days of its week lie before a date: 0 to 6. */
export function daysIntoWeek(date: Temporal.PlainDate, weekStart: WeekStart): number {
  const first = { mon: 1, sun: 7, sat: 6 }[weekStart]
  return (date.dayOfWeek - first + 7) % 7
}
