import type { TimeChoice } from '@/filter/state'
import { choiceOf, resolveTime } from './choice'
import { atClock, endOfDay, isMidnight, lastDate, type Range, startOfDay } from './civil'
import { clock } from './format'
import { type Here, todayOf } from './presets'

/** A choice that is being made, and whether the next click on a day is a start or an end. */
export interface Pick {
  readonly choice: TimeChoice
  readonly next: 'start' | 'end'
}

/** The whole days from one date to another, which may come in either order. */
export function daysBetween(
  one: Temporal.PlainDate,
  other: Temporal.PlainDate,
  zone: string,
): TimeChoice {
  const [first, last] = Temporal.PlainDate.compare(one, other) <= 0 ? [one, other] : [other, one]
  return choiceOf({ from: startOfDay(first, zone), to: endOfDay(last, zone) })
}

/** A click on a day: the first is the start, with today as the end; the second is the end, or the start if earlier. */
export function pickDay(pick: Pick, date: Temporal.PlainDate, here: Here): Pick {
  const { from } = resolveTime(pick.choice, here)
  if (pick.next === 'start' || from === null) {
    return { choice: daysBetween(date, todayOf(here), here.zone), next: 'end' }
  }
  return { choice: daysBetween(from.toPlainDate(), date, here.zone), next: 'start' }
}

/** The shown month as a whole. */
export function wholeMonth(month: Temporal.PlainYearMonth, zone: string): TimeChoice {
  return daysBetween(
    month.toPlainDate({ day: 1 }),
    month.toPlainDate({ day: month.daysInMonth }),
    zone,
  )
}

/** The shown year as a whole. */
export function wholeYear(month: Temporal.PlainYearMonth, zone: string): TimeChoice {
  const [first, last] = [month.with({ month: 1 }), month.with({ month: 12 })]
  return daysBetween(
    first.toPlainDate({ day: 1 }),
    last.toPlainDate({ day: last.daysInMonth }),
    zone,
  )
}

/** The dates that a range covers, open ends as far as `since` and today; no first one when nobody knows it. */
export function datesOf(
  range: Range,
  since: Temporal.PlainDate | null,
  today: Temporal.PlainDate,
): { first: Temporal.PlainDate | null; last: Temporal.PlainDate } {
  const first = range.from?.toPlainDate() ?? since
  const last = range.to === null ? today : lastDate(range.to)
  return {
    first,
    last: first !== null && Temporal.PlainDate.compare(last, first) < 0 ? first : last,
  }
}

/** The clock of an end, `09:00`; the end of a day is `24:00`; empty for an open end. */
export function endClock(range: Range, side: 'from' | 'to'): string {
  const at = range[side]
  if (at === null) return ''
  return side === 'to' && isMidnight(at) ? '24:00' : clock(at)
}

/** The choice with another clock at one end, `9:00` or `0900`; null when the text is no time, or the ends would cross. */
export function withClock(
  choice: TimeChoice,
  side: 'from' | 'to',
  text: string,
  here: Here,
): TimeChoice | null {
  const range = resolveTime(choice, here)
  const found = /^(\d{1,2})[:.]?(\d{2})$/.exec(text.trim())
  const at = range[side]
  if (found === null || at === null) return null
  const [hour, minute] = [Number(found[1]), Number(found[2])]
  const date = side === 'to' ? lastDate(at) : at.toPlainDate()
  const moved = atTime(date, hour, minute, here.zone)
  if (moved === null) return null
  const next = { ...range, [side]: moved }
  const isForward =
    next.from === null || next.to === null || Temporal.ZonedDateTime.compare(next.from, next.to) < 0
  return isForward ? choiceOf(next) : null
}

function atTime(
  date: Temporal.PlainDate,
  hour: number,
  minute: number,
  zone: string,
): Temporal.ZonedDateTime | null {
  if (hour === 24 && minute === 0) return endOfDay(date, zone)
  if (hour > 23 || minute > 59) return null
  return hour === 0 && minute === 0
    ? startOfDay(date, zone)
    : atClock(date.toPlainDateTime({ hour, minute }), zone)
}
