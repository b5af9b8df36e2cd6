import { describe, expect, it } from 'vitest'
import { readTime, resolveTime } from './choice'
import { duration, type ElapsedKey, relative } from './elapsed'
import {
  activityTime,
  exactRange,
  listTime,
  longTime,
  needsYear,
  utcTime,
  zoneLabel,
} from './format'
import { PRESETS, resolvePreset } from './presets'
import { sayIn } from './say.fixture'
import { weekStartOf } from './week'

const now = Temporal.Instant.from('2026-11-21T09:42:17Z')
const here = { zone: 'Europe/Berlin', weekStart: 'mon', now } as const
const range = (text: string) => resolveTime(readTime(text) ?? { preset: 'today' }, here)

describe('shown times', () => {
  it('of the list', () => {
    expect(listTime('2026-11-21T09:41:02.9Z', 'Europe/Berlin', false)).toBe('21 Nov, 10:41:02')
    expect(listTime('2025-09-01T22:00:00Z', 'Europe/Berlin', true)).toBe('2 Sep 2025, 00:00:00')
  })

  it('of the Activity column set', () => {
    expect(activityTime('2023-06-22T15:06:59Z', 'UTC')).toBe('Jun 22, 2023 03:06 PM')
    expect(activityTime('2023-06-02T00:06:00Z', 'UTC')).toBe('Jun 02, 2023 12:06 AM')
    expect(activityTime('2023-06-22T10:00:00Z', 'Europe/Berlin')).toBe('Jun 22, 2023 12:00 PM')
  })

  it.each([
    ['Europe/Berlin', '2026-11-21T08:55:19Z', 'Saturday, 21 November 2026 at 09:55:19 CET'],
    ['Europe/Berlin', '2026-07-01T08:55:19Z', 'Wednesday, 1 July 2026 at 10:55:19 CEST'],
    ['America/New_York', '2026-11-21T08:55:19Z', 'Saturday, 21 November 2026 at 03:55:19 EST'],
    ['Europe/London', '2026-11-21T08:55:19Z', 'Saturday, 21 November 2026 at 08:55:19 GMT'],
    ['America/Sao_Paulo', '2026-11-21T08:55:19Z', 'Saturday, 21 November 2026 at 05:55:19 GMT-3'],
    ['UTC', '2026-11-21T08:55:19Z', 'Saturday, 21 November 2026 at 08:55:19 UTC'],
  ])('in full in %s', (zone, instant, text) => {
    expect(longTime(instant, zone)).toBe(text)
  })

  it.each([
    ['2026-11-21T08:55:19Z', '2026-11-21 08:55:19.000 UTC'],
    ['2026-11-21T08:55:19.353Z', '2026-11-21 08:55:19.353 UTC'],
    ['2026-11-21T08:55:19.3531Z', '2026-11-21 08:55:19.353100 UTC'],
    ['2026-11-21T08:55:19.000000001Z', '2026-11-21 08:55:19.000000001 UTC'],
  ])('in UTC: %s', (instant, text) => {
    expect(utcTime(instant)).toBe(text)
  })

  it.each([
    ['Europe/Berlin', '2026-11-21T00:00:00Z', 'Berlin (GMT+1)'],
    ['Europe/Berlin', '2026-07-01T00:00:00Z', 'Berlin (GMT+2)'],
    ['America/St_Johns', '2026-11-21T00:00:00Z', 'St Johns (GMT-3:30)'],
    ['America/Argentina/Buenos_Aires', '2026-11-21T00:00:00Z', 'Buenos Aires (GMT-3)'],
    ['Africa/Abidjan', '2026-11-21T00:00:00Z', 'Abidjan (GMT)'],
    ['UTC', '2026-11-21T00:00:00Z', 'UTC'],
    ['Etc/UTC', '2026-11-21T00:00:00Z', 'UTC'],
  ])('with the zone %s', (zone, instant, text) => {
    expect(zoneLabel(zone, Temporal.Instant.from(instant))).toBe(text)
  })
})

describe('ranges', () => {
  it('are exact and carry their zone', () => {
    expect(exactRange(range('2026-10-22..2026-11-21'), 'Europe/Berlin', now)).toBe(
      '2026-10-22 00:00 – 2026-11-21 24:00 · Berlin (GMT+1)',
    )
    expect(exactRange(range('2026-07-01T09:00..2026-07-02T17:30'), 'Europe/Berlin', now)).toBe(
      '2026-07-01 09:00 – 2026-07-02 17:30 · Berlin (GMT+2)',
    )
    expect(exactRange(range('2026-07-01..'), 'Europe/Berlin', now)).toBe(
      '2026-07-01 00:00 – … · Berlin (GMT+2)',
    )
  })

  it('let the year go only when all of it lies in the current one', () => {
    const needy = PRESETS.filter((preset) => needsYear(resolvePreset(preset, here), here.zone, now))
    expect(needy).toEqual(['all_time', 'last_year'])
    expect(needsYear(range('2026-11-01..'), here.zone, now)).toBe(true)
    expect(needsYear(range('2025-12-31T23:59..2026-01-05T00:00'), here.zone, now)).toBe(true)
    expect(needsYear(range('2026-01-01..2026-12-31'), here.zone, now)).toBe(false)
  })
})

describe('lengths of time', () => {
  const say = sayIn<ElapsedKey>('time')
  it.each([
    ['2026-11-21T09:42:15Z', 'just now'],
    ['2026-11-21T09:42:07Z', '10 s ago'],
    ['2026-11-21T09:39:00Z', '3 min ago'],
    ['2026-11-21T07:42:16Z', '2 h ago'],
    ['2026-11-20T09:42:17Z', '1 day ago'],
    ['2024-11-20T09:42:17Z', '2 years ago'],
    ['2026-11-21T09:45:17Z', 'in 3 min'],
  ])('%s', (instant, text) => {
    expect(relative(instant, now, say)).toBe(text)
  })

  it.each([
    [0, '0 s'],
    [45.9, '45 s'],
    [60, '1 min'],
    [4_800, '1 h 20 min'],
    [86_400, '1 day'],
    [183_600, '2 days 3 h'],
    [-5, '0 s'],
  ])('%d seconds', (seconds, text) => {
    expect(duration(seconds, say)).toBe(text)
  })
})

it('weeks begin where the locale says', () => {
  expect(['de-DE', 'en-US', 'ar-EG', 'not a locale'].map(weekStartOf)).toEqual([
    'mon',
    'sun',
    'sat',
    'mon',
  ])
})
