import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch, stringifySearch } from '@/shell/search_params'
import { PRESETS, ROLLING } from '@/time/presets'
import {
  COLUMNS,
  type Column,
  columnOf,
  FIRST_SEEN,
  takesList,
  takesNoValue,
  WEEKDAYS,
} from './columns'
import {
  type Criterion,
  INITIAL,
  type LogState,
  type Operator,
  type Refinement,
  type Value,
} from './state'
import { readState, writeState } from './url'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    'a,b',
    'a\\,b',
    '\\',
    ':',
    'a:b',
    '"x"',
    'true',
    'null',
    '5',
    '-0',
    '1e3',
    '9007199254740993',
    '!x',
    'Ä ö+%&=#',
  ),
)
const json = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((one) => !Object.is(one, -0) && (!Number.isInteger(one) || Number.isSafeInteger(one))),
)

function valueFor(column: Column, op: Operator): fc.Arbitrary<Value> {
  if (op === 'contains' || op === 'starts_with') return text.filter((one) => one.trim() !== '')
  if (op === 'in_network') return fc.constantFrom('203.0.113.0/24', '2001:db8::/48', '198.51.100.7')
  switch (column.kind) {
    case 'ip':
      return fc.oneof(fc.ipV4(), fc.constantFrom('::1', '2001:db8::7', '::ffff:192.0.2.1'))
    case 'hour':
      return fc.integer({ min: 0, max: 23 })
    case 'weekday':
      return fc.constantFrom(...WEEKDAYS)
    case 'first_seen':
      return fc.constantFrom(...FIRST_SEEN)
    case 'json':
      return json
    default:
      return text
  }
}

const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })

const column = fc.oneof(
  fc.constantFrom(...COLUMNS),
  fc
    .oneof(key, fc.constantFrom('cost:center', 'a\\b', 'model_id'))
    .map((name) => columnOf(`metadata.${name}`))
    .filter((one) => one !== null),
)
const criterion: fc.Arbitrary<Criterion> = column.chain((of) =>
  fc.constantFrom(...of.operators).chain((op): fc.Arbitrary<Criterion> => {
    if (takesNoValue(op)) return fc.constant({ column: of.name, op })
    const value = valueFor(of, op)
    const sent = takesList(op) ? fc.array(value, { minLength: 1, maxLength: 4 }) : value
    return sent.map((one) => ({ column: of.name, op, value: one }))
  }),
)
const refinement: fc.Arbitrary<Refinement> = fc
  .tuple(criterion, fc.boolean())
  .map(([one, paused]) => (paused ? { ...one, paused } : one))
const day = fc.tuple(
  fc.integer({ min: 1970, max: 2261 }),
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 28 }),
)
const civil = fc
  .tuple(day, fc.constantFrom('T00:00', 'T09:30', 'T23:59:59'))
  .map(
    ([[year, month, date], clock]) =>
      `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}${clock}`,
  )
const time = fc.oneof(
  fc.constantFrom(...PRESETS, ...ROLLING).map((preset) => ({ preset })),
  fc
    .tuple(civil, civil)
    .map((ends) => ends.sort())
    .map(([from, to]) => ({ from: from ?? null, to: to ?? null })),
  civil.map((from) => ({ from, to: null })),
  civil.map((to) => ({ from: null, to })),
)
const state: fc.Arbitrary<LogState> = fc.record({
  time,
  filter: fc.record({
    match: fc.constantFrom('all', 'any'),
    criteria: fc.array(criterion, { maxLength: 4 }),
  }),
  refine: fc.array(refinement, { maxLength: 4 }),
  q: text,
  event: fc.option(fc.uuid()),
  columns: fc.option(
    fc.uniqueArray(
      fc.constantFrom('time', 'event', 'user', 'proof', 'metadata.a,b', 'metadata.cost:center'),
      { minLength: 1 },
    ),
  ),
  zone: fc.option(fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns')),
  live: fc.boolean(),
  order: fc.constantFrom('desc', 'asc'),
})

describe('a state and its URL', () => {
  it('say the same', () => {
    fc.assert(
      fc.property(state, (before) => {
        const url = stringifySearch(writeState(before))
        expect(readState(parseSearch(url))).toEqual({ state: before, dropped: [] })
      }),
      { numRuns: 1000 },
    )
  })

  it('are empty at first', () => {
    expect(stringifySearch(writeState(INITIAL))).toBe('')
    expect(readState({})).toEqual({ state: INITIAL, dropped: [] })
  })

  it('stay readable', () => {
    const url = stringifySearch(
      writeState({
        ...INITIAL,
        time: { from: '2026-11-01T00:00', to: '2026-11-21T24:00' },
        filter: {
          match: 'any',
          criteria: [
            { column: 'category', op: 'eq', value: 'Roles' },
            { column: 'user', op: 'ne', value: 'usr_1' },
          ],
        },
        refine: [
          { column: 'action', op: 'in', value: ['user.login', 'user.logout'], paused: true },
        ],
        q: 'billing',
        zone: 'Europe/Berlin',
        live: true,
      }),
    )
    expect(url).toBe(
      '?t=2026-11-01T00:00..2026-11-21T24:00&f=category:eq:Roles&f=user:ne:usr_1&m=any' +
        '&r=!action:in:user.login,user.logout&q=billing&tz=Europe/Berlin&live=1',
    )
  })
})

describe('bad parts of a URL', () => {
  it('are dropped and named, and the rest is kept', () => {
    const { state: read, dropped } = readState(
      parseSearch(
        '?t=soon&f=category:eq:Roles&f=nonsense&m=xor&r=hour:eq:25&tz=Mars/Base&live=yes&order=up&cols=A&e=%20&q=ok',
      ),
    )
    expect(read).toEqual({
      ...INITIAL,
      filter: { match: 'all', criteria: [{ column: 'category', op: 'eq', value: 'Roles' }] },
      q: 'ok',
    })
    expect(dropped.map(({ name, text: bad }) => `${name}=${bad}`).sort()).toEqual([
      'cols=A',
      'e= ',
      'f=nonsense',
      'live=yes',
      'm=xor',
      'order=up',
      'r=hour:eq:25',
      't=soon',
      'tz=Mars/Base',
    ])
  })

  it.each([
    'colour:eq:red',
    'category:like:R',
    'category:eq',
    'category',
    ':eq:x',
    'category:in',
    'category:exists:x',
    'ip:eq:300.1.1.1',
    'ip:in_network:10.0.0.0/33',
    'ip:contains:1',
    'category:in_network:10.0.0.0/8',
    'weekday:eq:monday',
    'hour:eq:9.5',
    'hour:eq:nine',
    'first_seen:eq:user',
    'description:contains: ',
    'metadata.:eq:1',
    `metadata.${'k'.repeat(65)}:eq:1`,
  ])('"%s" is no criterion', (bad) => {
    expect(readState({ f: bad })).toEqual({ state: INITIAL, dropped: [{ name: 'f', text: bad }] })
  })

  it('never throw', () => {
    const names = ['t', 'f', 'm', 'r', 'q', 'e', 'cols', 'tz', 'live', 'order']
    const piece = fc.constantFrom(
      ':',
      ',',
      '\\',
      '"',
      '!',
      '..',
      'metadata.',
      'eq',
      'in',
      'null',
      'T24:00',
      '2026-02-31',
    )
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
    )
    const raw = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(any, fc.array(any, { maxLength: 3 })),
    )
    fc.assert(
      fc.property(raw, (sent) => {
        const { state: read } = readState(sent)
        expect(readState(writeState(read))).toEqual({ state: read, dropped: [] })
      }),
      { numRuns: 500 },
    )
  })

  it('are what stands beyond the limits', () => {
    const many = Array.from({ length: 102 }, (_, at) => `user:ne:${at}`)
    const { state: read, dropped } = readState({ f: many, q: 'x'.repeat(4097) })
    expect([read.filter.criteria.length, read.q, dropped.length]).toEqual([100, '', 3])
  })
})
