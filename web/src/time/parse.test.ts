import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TimeChoice } from '@/filter/state'
import { resolveTime, writeTime } from './choice'
import { parseTyped } from './parse'
import type { Here } from './presets'

const berlin: Here = {
  zone: 'Europe/Berlin',
  weekStart: 'mon',
  now: Temporal.Instant.from('2026-11-21T09:42:17.5Z'),
}

function typed(text: string, here = berlin): string | null {
  const choice = parseTyped(text, here)
  return choice === null ? null : writeTime(choice)
}

describe('what can be typed', () => {
  it.each([
    ['last 2h', '2026-11-21T08:42..2026-11-21T10:43'],
    ['last 15 min', '2026-11-21T10:27..2026-11-21T10:43'],
    ['Last 90  Minutes', '2026-11-21T09:12..2026-11-21T10:43'],
    ['last 3 days', '2026-11-19T00:00..2026-11-21T24:00'],
    ['past 2 weeks', '2026-11-08T00:00..2026-11-21T24:00'],
    ['last 3 months', '2026-08-22T00:00..2026-11-21T24:00'],
    ['last 1h', '1h'],
    ['last 24 hours', '24h'],
    ['last 30 days', '30d'],
    ['Last 30 Days', '30d'],
    ['this week', 'week'],
    ['yesterday', 'yesterday'],
    ['all time', 'all'],
    ['2026-11-01 9:00', '2026-11-01T09:00..2026-11-21T24:00'],
    ['2026-11-01T09:00:30', '2026-11-01T09:00:30..2026-11-21T24:00'],
    ['2026-11-01', '2026-11-01T00:00..2026-11-01T24:00'],
    ['2026-11', '2026-11-01T00:00..2026-11-30T24:00'],
    ['2026', '2026-01-01T00:00..2026-12-31T24:00'],
    ['1 Nov 2026', '2026-11-01T00:00..2026-11-01T24:00'],
    ['Nov 1, 2026', '2026-11-01T00:00..2026-11-01T24:00'],
    ['1st November 2026', '2026-11-01T00:00..2026-11-01T24:00'],
    ['1 Sept 2026', '2026-09-01T00:00..2026-09-01T24:00'],
    ['Feb 2024', '2024-02-01T00:00..2024-02-29T24:00'],
    ['1 Nov', '2026-11-01T00:00..2026-11-01T24:00'],
    ['24 Dec', '2025-12-24T00:00..2025-12-24T24:00'],
    ['21.11.2026', '2026-11-21T00:00..2026-11-21T24:00'],
    ['9:00', '2026-11-21T09:00..2026-11-21T24:00'],
    ['yesterday 3 pm', '2026-11-20T15:00..2026-11-21T24:00'],
    ['yesterday at 12:30 am', '2026-11-20T00:30..2026-11-21T24:00'],
    ['2026-12-01 9:00', '2026-12-01T09:00..2026-12-01T24:00'],
    ['2026-11-01 to 2026-11-05', '2026-11-01T00:00..2026-11-05T24:00'],
    ['2026-11-01 - 2026-11-05', '2026-11-01T00:00..2026-11-05T24:00'],
    ['1 Nov 2026 – yesterday', '2026-11-01T00:00..2026-11-20T24:00'],
    ['2026-11-05 to 2026-11-01', '2026-11-01T00:00..2026-11-05T24:00'],
    ['2026-11-01 9:00 to 17:30', '2026-11-01T09:00..2026-11-01T17:30'],
    ['2026-11-01 9:00 to 24:00', '2026-11-01T09:00..2026-11-01T24:00'],
    ['yesterday 22:00 to now', '2026-11-20T22:00..2026-11-21T09:42:17.5Z'],
    ['2026-11-01..2026-11-05', '2026-11-01T00:00..2026-11-05T24:00'],
    ['since 1 Nov 2026', '2026-11-01T00:00..'],
    ['until 2026-11-05', '..2026-11-05T24:00'],
    ['before 2026-11-05', '..2026-11-04T24:00'],
  ])('%s', (text, expected) => {
    expect(typed(text)).toBe(expected)
  })

  it.each([
    '',
    '   ',
    'soon',
    'last',
    'last 0h',
    'last 5 parsecs',
    '2026-02-30',
    '2026-13-01',
    '31 Nov 2026',
    '25:00',
    '9:60',
    '13 pm',
    '12',
    '1969-12-31',
    '3000-01-01',
    '2026-11-01 to',
    'to 2026-11-01',
    '1 2 Nov 2026',
    'Nov Dec 2026',
    '01/02/2026',
    '2026 9:00',
  ])('refuses "%s"', (text) => {
    expect(typed(text)).toBeNull()
  })

  it('takes civil times in the shown zone', () => {
    const here = { ...berlin, zone: 'America/St_Johns' }
    const choice = parseTyped('2026-11-01 9:00', here) as TimeChoice
    expect(resolveTime(choice, here).from?.toInstant().toString()).toBe('2026-11-01T12:30:00Z')
  })

  it('moves a time that clocks skip to the end of the gap', () => {
    const choice = parseTyped('2026-03-29 2:30 to 2026-03-29 4:00', berlin) as TimeChoice
    expect(resolveTime(choice, berlin).from?.toInstant().toString()).toBe('2026-03-29T01:00:00Z')
  })

  it('takes the earlier of two equal times', () => {
    const choice = parseTyped('2026-10-25 2:30', berlin) as TimeChoice
    expect(resolveTime(choice, berlin).from?.toInstant().toString()).toBe('2026-10-25T00:30:00Z')
  })

  it('keeps a range that ends in the second of two equal hours', () => {
    const here = { ...berlin, now: Temporal.Instant.from('2026-10-25T01:20:00Z') }
    const choice = parseTyped('last 15 min', here) as TimeChoice
    const { from, to } = resolveTime(choice, here)
    expect([from?.toInstant().toString(), to?.toInstant().toString()]).toEqual([
      '2026-10-25T01:05:00Z',
      '2026-10-25T01:20:00Z',
    ])
  })
})

describe('any text', () => {
  it('is refused or a range that runs forward', () => {
    const word = fc.constantFrom(
      'last',
      '2h',
      'to',
      '-',
      '1',
      'nov',
      '2026',
      '9:00',
      'pm',
      'today',
      'since',
      '2026-10-25',
      '..',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, (sent) => {
        const choice = parseTyped(sent, berlin)
        if (choice === null) return
        const { from, to } = resolveTime(choice, berlin)
        if (from !== null && to !== null) {
          expect(Temporal.ZonedDateTime.compare(from, to)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 500 },
    )
  })
})
