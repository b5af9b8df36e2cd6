import { describe, expect, it } from 'vitest'
import { PRESETS, ROLLING, resolvePreset } from './presets'
import type { WeekStart } from './week'

function range(
  preset: (typeof PRESETS)[number],
  zone: string,
  now: string,
  weekStart: WeekStart = 'mon',
) {
  const { from, to } = resolvePreset(preset, { zone, weekStart, now: Temporal.Instant.from(now) })
  return [from?.toInstant().toString() ?? null, to?.toInstant().toString() ?? null]
}

describe('presets in UTC', () => {
  const now = '2026-11-21T12:34:56Z'
  it.each([
    ['all_time', null, null],
    ['today', '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z'],
    ['yesterday', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
    ['this_week', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
    ['this_month', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['last_month', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'],
    ['last_30_days', '2026-10-23T00:00:00Z', '2026-11-22T00:00:00Z'],
    ['last_90_days', '2026-08-24T00:00:00Z', '2026-11-22T00:00:00Z'],
    ['this_year', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['last_year', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ] as const)('%s', (preset, from, to) => {
    expect(range(preset, 'UTC', now)).toEqual([from, to])
  })

  it('rolls the last hours up to now', () => {
    const here = { zone: 'UTC', weekStart: 'mon', now: Temporal.Instant.from(now) } as const
    const texts = ROLLING.map((preset) => {
      const { from, to } = resolvePreset(preset, here)
      return [from?.toInstant().toString(), to?.toInstant().toString()]
    })
    expect(texts).toEqual([
      ['2026-11-21T11:34:56Z', now],
      ['2026-11-20T12:34:56Z', now],
    ])
  })

  it.each([
    ['mon', '2026-11-16', '2026-11-23'],
    ['sun', '2026-11-15', '2026-11-22'],
    ['sat', '2026-11-21', '2026-11-28'],
  ] as const)('begins weeks on %s', (weekStart, from, to) => {
    expect(range('this_week', 'UTC', now, weekStart)).toEqual([
      `${from}T00:00:00Z`,
      `${to}T00:00:00Z`,
    ])
  })

  it('begins the month before January in the year before', () => {
    expect(range('last_month', 'UTC', '2026-01-31T23:59:59Z')).toEqual([
      '2025-12-01T00:00:00Z',
      '2026-01-01T00:00:00Z',
    ])
  })
})

describe('presets where clocks change', () => {
  it.each([
    // Half an hour off the hour; the clocks went back at 2:00 on 2 November 2025.
    [
      'America/St_Johns',
      '2025-11-02T12:00:00Z',
      'today',
      '2025-11-02T02:30:00Z',
      '2025-11-03T03:30:00Z',
    ],
    [
      'America/St_Johns',
      '2025-03-09T12:00:00Z',
      'today',
      '2025-03-09T03:30:00Z',
      '2025-03-10T02:30:00Z',
    ],
    // In 2010 St. John's changed at 0:01, so 7 November has two midnights: the earlier begins it.
    [
      'America/St_Johns',
      '2010-11-07T12:00:00Z',
      'today',
      '2010-11-07T02:30:00Z',
      '2010-11-08T03:30:00Z',
    ],
    [
      'Europe/Berlin',
      '2025-10-26T12:00:00Z',
      'today',
      '2025-10-25T22:00:00Z',
      '2025-10-26T23:00:00Z',
    ],
    [
      'Europe/Berlin',
      '2025-03-30T00:59:59Z',
      'today',
      '2025-03-29T23:00:00Z',
      '2025-03-30T22:00:00Z',
    ],
    [
      'Europe/Berlin',
      '2026-11-21T22:59:59Z',
      'today',
      '2026-11-20T23:00:00Z',
      '2026-11-21T23:00:00Z',
    ],
    [
      'Europe/Berlin',
      '2026-11-21T23:00:00Z',
      'today',
      '2026-11-21T23:00:00Z',
      '2026-11-22T23:00:00Z',
    ],
    [
      'Europe/Berlin',
      '2026-11-21T12:00:00Z',
      'last_30_days',
      '2026-10-22T22:00:00Z',
      '2026-11-21T23:00:00Z',
    ],
    // Apia skipped 30 December 2011 and went from the last zone of the day to the first.
    [
      'Pacific/Apia',
      '2011-12-30T09:59:59Z',
      'today',
      '2011-12-29T10:00:00Z',
      '2011-12-30T10:00:00Z',
    ],
    [
      'Pacific/Apia',
      '2011-12-30T12:00:00Z',
      'today',
      '2011-12-30T10:00:00Z',
      '2011-12-31T10:00:00Z',
    ],
    [
      'Pacific/Apia',
      '2011-12-30T12:00:00Z',
      'yesterday',
      '2011-12-30T10:00:00Z',
      '2011-12-30T10:00:00Z',
    ],
    [
      'Pacific/Apia',
      '2026-11-21T10:59:59Z',
      'today',
      '2026-11-20T11:00:00Z',
      '2026-11-21T11:00:00Z',
    ],
    // Morocco goes back for Ramadan (23 February 2025) and forward after it (6 April 2025).
    [
      'Africa/Casablanca',
      '2025-02-23T12:00:00Z',
      'today',
      '2025-02-22T23:00:00Z',
      '2025-02-24T00:00:00Z',
    ],
    [
      'Africa/Casablanca',
      '2025-04-06T12:00:00Z',
      'today',
      '2025-04-06T00:00:00Z',
      '2025-04-06T23:00:00Z',
    ],
    [
      'Africa/Casablanca',
      '2025-03-10T12:00:00Z',
      'last_month',
      '2025-01-31T23:00:00Z',
      '2025-03-01T00:00:00Z',
    ],
    // Beirut changes at midnight: 30 March 2025 has none, and 25 October 2025 has 25 hours before the next.
    [
      'Asia/Beirut',
      '2025-03-30T12:00:00Z',
      'today',
      '2025-03-29T22:00:00Z',
      '2025-03-30T21:00:00Z',
    ],
    [
      'Asia/Beirut',
      '2025-10-25T12:00:00Z',
      'today',
      '2025-10-24T21:00:00Z',
      '2025-10-25T22:00:00Z',
    ],
  ] as const)('%s at %s: %s', (zone, now, preset, from, to) => {
    expect(range(preset, zone, now)).toEqual([from, to])
  })
})

describe('every preset on every kind of day', () => {
  const zones = ['UTC', 'America/St_Johns', 'Pacific/Apia', 'Africa/Casablanca', 'Europe/Berlin']
  const days = [
    '2025-03-09',
    '2025-03-30',
    '2025-10-26',
    '2025-11-02',
    '2025-02-23',
    '2025-04-06',
    '2024-02-29',
    '2026-01-01',
    '2026-12-31',
  ]
  const clocks = ['00:00:00', '00:30:00', '01:59:59.999', '12:00:00', '23:59:59.999']
  const cases = zones.flatMap((zone) =>
    days.flatMap((day) => clocks.map((clock) => `${day}T${clock}[${zone}]`)),
  )

  it.each(cases)('%s', (text) => {
    const local = Temporal.ZonedDateTime.from(text)
    const here = { zone: local.timeZoneId, weekStart: 'mon', now: local.toInstant() } as const
    const lengths: Partial<Record<string, number>> = {
      today: 1,
      yesterday: 1,
      this_week: 7,
      last_30_days: 30,
      last_90_days: 90,
    }
    for (const preset of PRESETS) {
      if (preset === 'all_time') continue
      const { from, to } = resolvePreset(preset, here)
      if (from === null || to === null) throw new Error(`${preset} has two ends`)
      // The server resolves by offsets and transitions; here the same is said in dates of the calendar.
      expect(from.startOfDay().epochNanoseconds).toBe(from.epochNanoseconds)
      expect(to.startOfDay().epochNanoseconds).toBe(to.epochNanoseconds)
      const dates = from.toPlainDate().until(to.toPlainDate(), { largestUnit: 'days' }).days
      const today = local.toPlainDate()
      const expected =
        lengths[preset] ??
        {
          this_month: today.daysInMonth,
          last_month: today.subtract({ months: 1 }).daysInMonth,
          this_year: today.daysInYear,
          last_year: today.subtract({ years: 1 }).daysInYear,
        }[preset as 'this_month']
      expect([preset, dates]).toEqual([preset, expected])
      const has =
        Temporal.ZonedDateTime.compare(from, local) <= 0 &&
        Temporal.ZonedDateTime.compare(local, to) < 0
      expect([preset, has]).toEqual([
        preset,
        !['yesterday', 'last_month', 'last_year'].includes(preset),
      ])
    }
  })
})
