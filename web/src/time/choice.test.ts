import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Preset } from '@/filter/state'
import { choiceOf, readTime, resolveTime, timeLabel, writeTime } from './choice'
import { PRESETS, ROLLING } from './presets'
import { sayIn } from './say.fixture'

const say = sayIn<`preset.${Preset}` | 'range.since' | 'range.until' | 'range.all'>('time')
const here = {
  zone: 'Europe/Berlin',
  weekStart: 'mon',
  now: Temporal.Instant.from('2026-11-21T09:42:17Z'),
} as const

describe('times in URLs', () => {
  it.each([
    ['all_time', 'all'],
    ['today', 'today'],
    ['yesterday', 'yesterday'],
    ['this_week', 'week'],
    ['this_month', 'month'],
    ['last_month', 'last-month'],
    ['last_30_days', '30d'],
    ['last_90_days', '90d'],
    ['this_year', 'year'],
    ['last_year', 'last-year'],
    ['last_hour', '1h'],
    ['last_24_hours', '24h'],
  ] as const)('%s is %s', (preset, text) => {
    expect(writeTime({ preset })).toBe(text)
    expect(readTime(text)).toEqual({ preset })
  })

  it('fills in the hours of bare dates', () => {
    expect(readTime('2026-11-01..2026-11-21')).toEqual({
      from: '2026-11-01T00:00',
      to: '2026-11-21T24:00',
    })
  })

  it.each([
    '',
    '..',
    'fortnight',
    '2026-11-01',
    '2026-02-30..',
    '2026-11-01T25:00..',
    '2026-11-01T24:30..',
    '2026-11-21..2026-11-01',
    '2026-11-01..2026-11-02..',
    '1969-01-01..',
    '..2262-01-01',
    '2026-11-01T9:00..',
  ])('refuses "%s"', (text) => {
    expect(readTime(text)).toBeNull()
  })

  it('says every instant exactly, in every zone and on days with changed clocks', () => {
    const zone = fc.constantFrom(
      'UTC',
      'America/St_Johns',
      'Pacific/Apia',
      'Africa/Casablanca',
      'Europe/Berlin',
      'Asia/Beirut',
    )
    const around = [
      '2026-10-25T00:00:00Z',
      '2026-03-29T00:00:00Z',
      '2026-11-01T04:00:00Z',
      '2011-12-30T10:00:00Z',
      '2026-02-15T02:00:00Z',
    ]
    const instant = fc.oneof(
      fc
        .tuple(fc.constantFrom(...around), fc.integer({ min: -200_000, max: 200_000 }))
        .map(([text, seconds]) => Temporal.Instant.from(text).add({ seconds })),
      fc
        .integer({ min: 86_400, max: 9_000_000_000 })
        .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000)),
    )
    fc.assert(
      fc.property(zone, instant, instant, (name, one, other) => {
        const [from, to] = [one, other]
          .sort(Temporal.Instant.compare)
          .map((at) => at.toZonedDateTimeISO(name))
        if (from === undefined || to === undefined) throw new Error('there are two')
        const choice = readTime(writeTime(choiceOf({ from, to })))
        if (choice === null) throw new Error(`${from} to ${to} cannot be read`)
        const back = resolveTime(choice, { ...here, zone: name })
        expect([back.from?.epochNanoseconds, back.to?.epochNanoseconds]).toEqual([
          from.epochNanoseconds,
          to.epochNanoseconds,
        ])
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the label of the time button', () => {
  it('is the name of a preset', () => {
    expect(PRESETS.map((preset) => timeLabel({ preset }, here, say))).toEqual([
      'All Time',
      'Today',
      'Yesterday',
      'This Week',
      'This Month',
      'Last Month',
      'Last 30 Days',
      'Last 90 Days',
      'This Year',
      'Last Year',
    ])
    expect(ROLLING.map((preset) => timeLabel({ preset }, here, say))).toEqual([
      'Last hour',
      'Last 24 hours',
    ])
  })

  it.each([
    ['2026-11-01..2026-11-21', '1 Nov 2026 – 21 Nov 2026'],
    ['2026-11-05..2026-11-05', '5 Nov 2026'],
    ['2026-11-05T09:00..2026-11-05T17:30', '5 Nov 2026, 09:00 – 17:30'],
    ['2026-11-05T09:00..2026-11-05T24:00', '5 Nov 2026, 09:00 – 24:00'],
    ['2025-12-31T22:00..2026-01-01T02:00:30', '31 Dec 2025, 22:00 – 1 Jan 2026, 02:00:30'],
    ['2026-11-01..', 'Since 1 Nov 2026'],
    ['..2026-11-05', 'Until 5 Nov 2026'],
    ['..2026-11-05T12:00', 'Until 5 Nov 2026, 12:00'],
  ])('%s', (text, label) => {
    const choice = readTime(text)
    expect(choice === null ? null : timeLabel(choice, here, say)).toBe(label)
  })
})
