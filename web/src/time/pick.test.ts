import { describe, expect, it } from 'vitest'
import { movedDate, weekdaysOf, weeksOf, yearsOf } from './calendar'
import { resolveTime, writeTime } from './choice'
import { datesOf, endClock, type Pick, pickDay, wholeMonth, wholeYear, withClock } from './pick'

const here = {
  zone: 'Europe/Berlin',
  weekStart: 'mon',
  now: Temporal.Instant.from('2026-11-21T09:42:17Z'),
} as const
const today = Temporal.PlainDate.from('2026-11-21')
const date = (text: string) => Temporal.PlainDate.from(text)
const month = (text: string) => Temporal.PlainYearMonth.from(text)
const begin: Pick = { choice: { preset: 'last_30_days' }, next: 'start' }
const text = (pick: Pick) => writeTime(pick.choice)

describe('clicks on days', () => {
  it('choose a start, with today as the end', () => {
    const pick = pickDay(begin, date('2026-11-05'), here)
    expect([text(pick), pick.next]).toEqual(['2026-11-05T00:00..2026-11-21T24:00', 'end'])
  })

  it('choose the end second, and a new start third', () => {
    const second = pickDay(pickDay(begin, date('2026-11-05'), here), date('2026-11-09'), here)
    expect([text(second), second.next]).toEqual(['2026-11-05T00:00..2026-11-09T24:00', 'start'])
    expect(text(pickDay(second, date('2026-11-12'), here))).toBe(
      '2026-11-12T00:00..2026-11-21T24:00',
    )
  })

  it('swap when the second is earlier', () => {
    const second = pickDay(pickDay(begin, date('2026-11-05'), here), date('2026-10-30'), here)
    expect(text(second)).toBe('2026-10-30T00:00..2026-11-05T24:00')
  })

  it('make one day of two clicks on it', () => {
    const second = pickDay(pickDay(begin, today, here), today, here)
    expect(text(second)).toBe('2026-11-21T00:00..2026-11-21T24:00')
  })

  it('take the whole month or year', () => {
    expect(writeTime(wholeMonth(month('2024-02'), 'UTC'))).toBe(
      '2024-02-01T00:00..2024-02-29T24:00',
    )
    expect(writeTime(wholeYear(month('2024-02'), 'UTC'))).toBe('2024-01-01T00:00..2024-12-31T24:00')
  })
})

describe('the days that are marked', () => {
  it('are those of the preset', () => {
    const { first, last } = datesOf(resolveTime({ preset: 'last_month' }, here), null, today)
    expect([first?.toString(), last.toString()]).toEqual(['2026-10-01', '2026-10-31'])
  })

  it('of All Time run from the beginning of the account to today', () => {
    const { first, last } = datesOf({ from: null, to: null }, date('2025-03-12'), today)
    expect([first?.toString(), last.toString()]).toEqual(['2025-03-12', '2026-11-21'])
  })
})

describe('the two clocks', () => {
  const range = { from: '2026-11-05T00:00', to: '2026-11-05T24:00' }
  it('show the end of a day as 24:00', () => {
    const resolved = resolveTime(range, here)
    expect([endClock(resolved, 'from'), endClock(resolved, 'to')]).toEqual(['00:00', '24:00'])
    expect(endClock({ from: null, to: null }, 'to')).toBe('')
  })

  it.each([
    ['from', '9:00', '2026-11-05T09:00..2026-11-05T24:00'],
    ['from', '0930', '2026-11-05T09:30..2026-11-05T24:00'],
    ['to', '17:30', '2026-11-05T00:00..2026-11-05T17:30'],
    ['to', '24:00', '2026-11-05T00:00..2026-11-05T24:00'],
  ] as const)('%s %s', (side, typed, expected) => {
    const next = withClock(range, side, typed, here)
    expect(next === null ? null : writeTime(next)).toBe(expected)
  })

  it.each(['', '9', '25:00', '9:60', '24:01', 'noon'])('refuse "%s"', (typed) => {
    expect(withClock(range, 'from', typed, here)).toBeNull()
  })

  it('refuse to cross', () => {
    expect(
      withClock({ from: '2026-11-05T09:00', to: '2026-11-05T17:00' }, 'to', '8:00', here),
    ).toBeNull()
    expect(withClock({ from: '2026-11-05T09:00', to: null }, 'to', '8:00', here)).toBeNull()
  })
})

describe('the calendar', () => {
  it('has the days of the month in weeks', () => {
    const days = weeksOf(month('2024-02'), 'mon').map((week) => week.map((day) => day?.day ?? 0))
    expect(days[0]).toEqual([0, 0, 0, 1, 2, 3, 4])
    expect(days.at(-1)).toEqual([26, 27, 28, 29, 0, 0, 0])
    expect(weeksOf(month('2026-11'), 'sun')[0]?.[0]?.toString()).toBe('2026-11-01')
    expect(weeksOf(month('2026-02'), 'sun')).toHaveLength(4)
    expect(weekdaysOf('sat').map((day) => day.dayOfWeek)).toEqual([6, 7, 1, 2, 3, 4, 5])
  })

  it.each([
    ['ArrowLeft', false, '2026-11-10'],
    ['ArrowRight', false, '2026-11-12'],
    ['ArrowUp', false, '2026-11-04'],
    ['ArrowDown', false, '2026-11-18'],
    ['Home', false, '2026-11-09'],
    ['End', false, '2026-11-15'],
    ['PageUp', false, '2026-10-11'],
    ['PageDown', false, '2026-11-21'],
    ['PageUp', true, '2025-11-11'],
  ])('%s (shift %s) goes to %s', (key, shift, expected) => {
    expect(movedDate(date('2026-11-11'), key, shift, 'mon', today)?.toString()).toBe(expected)
  })

  it('leaves other keys alone, and the end of a month inside it', () => {
    expect(movedDate(today, 'a', false, 'mon', today)).toBeNull()
    expect(movedDate(date('2026-03-31'), 'PageUp', false, 'mon', today)?.toString()).toBe(
      '2026-02-28',
    )
    expect(movedDate(date('1970-01-01'), 'ArrowLeft', false, 'mon', today)?.toString()).toBe(
      '1970-01-01',
    )
  })

  it('offers ten years back, or all of the account', () => {
    expect(yearsOf(today).at(-1)).toBe(2016)
    expect(yearsOf(today, 2011, undefined)).toHaveLength(16)
  })
})
