import { describe, expect, it } from 'vitest'
import { sayIn } from '@/time/say.fixture'
import { COLUMNS, columnOf } from './columns'
import { criterionText, type DescribeKey, describePieces } from './describe'
import * as edit from './edit'
import { searchBody } from './search'
import { INITIAL, type LogState } from './state'
import { isAddress, isComplete, isNetwork, typedValue } from './values'

const context = { zone: 'Europe/Berlin', weekStart: 'mon' } as const

describe('the search of a state', () => {
  it('sends presets by name', () => {
    expect(searchBody(INITIAL, context)).toEqual({
      range: 'last_30_days',
      tz: 'Europe/Berlin',
      week_start: 'mon',
    })
  })

  it('closes a phrase that is still being typed', () => {
    const asked = (q: string) => searchBody({ ...INITIAL, q }, context).q
    expect(asked('"changed the role')).toBe('"changed the role"')
    expect(asked('"changed the role" by')).toBe('"changed the role" by')
  })

  it('sends civil times as instants', () => {
    const time = { from: '2026-10-22T00:00', to: '2026-11-21T24:00' }
    expect(searchBody({ ...INITIAL, time }, context)).toMatchObject({
      from: '2026-10-21T22:00:00Z',
      to: '2026-11-21T23:00:00Z',
    })
    expect(
      searchBody({ ...INITIAL, time: { from: null, to: time.to } }, context),
    ).not.toHaveProperty('from')
  })

  it('never turns a range around', () => {
    const time = { from: '2026-11-21T10:00', to: '2026-11-21T09:30:00Z' }
    const body = searchBody({ ...INITIAL, time }, { ...context, zone: 'UTC' })
    expect([body.from, body.to]).toEqual(['2026-11-21T10:00:00Z', '2026-11-21T10:00:00Z'])
  })

  it('has everything but what is paused', () => {
    const state: LogState = {
      ...INITIAL,
      filter: { match: 'any', criteria: [{ column: 'ip', op: 'exists' }] },
      refine: [
        { column: 'source', op: 'eq', value: 'api' },
        { column: 'user', op: 'ne', value: 'usr_1', paused: true },
      ],
      q: 'billing',
    }
    const locked = {
      resource: 'agent:ag_1',
      refine: [{ column: 'result', op: 'ne', value: 'success' } as const],
    }
    expect(searchBody(state, { ...context, locked })).toEqual({
      range: 'last_30_days',
      tz: 'Europe/Berlin',
      week_start: 'mon',
      filter: { match: 'any', criteria: [{ column: 'ip', op: 'exists' }] },
      refine: [
        { column: 'result', op: 'ne', value: 'success' },
        { column: 'source', op: 'eq', value: 'api' },
      ],
      q: 'billing',
      resource: 'agent:ag_1',
    })
  })
})

describe('columns', () => {
  it('begin with Category, Event, User, and their operators with equality', () => {
    expect(COLUMNS.slice(0, 3).map(({ name }) => name)).toEqual(['category', 'event', 'user'])
    for (const { operators } of COLUMNS) expect(operators.slice(0, 2)).toEqual(['eq', 'ne'])
  })

  it('know those of the metadata', () => {
    expect(columnOf('metadata.model_id')?.kind).toBe('json')
    expect([columnOf('metadata.'), columnOf('model_id')]).toEqual([null, null])
  })
})

describe('values', () => {
  const typed = (column: string, text: string) => {
    const known = columnOf(column)
    return known === null ? null : typedValue(known, 'eq', text)
  }
  it('are read as their column has them', () => {
    expect(typed('metadata.epochs', '3')).toEqual({ value: 3 })
    expect(typed('metadata.epochs', '3 epochs')).toEqual({ value: '3 epochs' })
    expect(typed('hour', '09')).toEqual({ value: 9 })
    expect(typed('hour', '24')).toBeNull()
    expect(typed('ip', '203.0.113.0/24')).toBeNull()
    expect(typed('category', '3')).toEqual({ value: '3' })
  })

  it('of addresses and networks', () => {
    expect(['1.2.3.4', '::1', '2001:db8::7'].every(isAddress)).toBe(true)
    expect(['1.2.3', '1.2.3.04', '1.2.3.256', 'g::1', 'localhost', ''].some(isAddress)).toBe(false)
    expect(['10.0.0.0/8', '2001:db8::/48', '::/0', '1.2.3.4'].every(isNetwork)).toBe(true)
    expect(['10.0.0.0/33', '::/129', '10.0.0.0/', '/8', '10.0.0.0/8/8'].some(isNetwork)).toBe(false)
  })

  it('make a criterion whole', () => {
    expect(isComplete({ column: 'category', op: 'eq' })).toBe(false)
    expect(isComplete({ column: 'category', op: 'in', value: [] })).toBe(false)
    expect(isComplete({ column: 'category', op: 'eq', value: ['Roles'] })).toBe(false)
    expect(isComplete({ column: 'category', op: 'exists' })).toBe(true)
    expect(isComplete({ column: 'metadata.done', op: 'eq', value: null })).toBe(true)
  })
})

describe('words', () => {
  const say = sayIn<DescribeKey>('filter')
  it.each([
    [{ column: 'category', op: 'eq', value: 'Roles' }, 'Category is Roles'],
    [{ column: 'user', op: 'ne', value: 'usr_1' }, 'User is not Lily Ari'],
    [{ column: 'ip', op: 'not_exists' }, 'IP address does not exist'],
    [
      { column: 'weekday', op: 'in', value: ['sat', 'sun'] },
      'Day of the week is any of Saturday, Sunday',
    ],
    [
      { column: 'hour', op: 'nin', value: [8, 9, 10, 11, 12] },
      'Hour of the day is none of 8, 9, 10 and 2 more',
    ],
    [{ column: 'metadata.cost center', op: 'eq', value: null }, 'Metadata: cost center is null'],
    [{ column: 'source', op: 'eq', value: '' }, 'Source is (empty)'],
  ] as const)('%j', (criterion, words) => {
    const label = (column: string, value: unknown) =>
      column === 'user' && value === 'usr_1' ? 'Lily Ari' : undefined
    expect(criterionText(criterion, say, label)).toBe(words)
  })

  it('come in pieces too', () => {
    expect(describePieces({ column: 'ip', op: 'in_network', value: '10.0.0.0/8' }, say)).toEqual({
      column: 'IP address',
      op: 'is in',
      value: '10.0.0.0/8',
    })
  })
})

describe('edits', () => {
  const roles = { column: 'category', op: 'eq', value: 'Roles' } as const
  const api = { column: 'source', op: 'eq', value: 'api' } as const
  const state: LogState = {
    ...INITIAL,
    time: { preset: 'today' },
    filter: { match: 'any', criteria: [roles, api] },
    refine: [api, { column: 'user', op: 'ne', value: 'usr_1' }],
    q: 'x',
  }

  it('clear all but time and search', () => {
    expect(edit.clearAll(state)).toEqual({ ...INITIAL, time: { preset: 'today' }, q: 'x' })
  })

  it('give up OR with the second criterion', () => {
    expect(edit.removeCriterion(state, 1).filter).toEqual({ match: 'all', criteria: [roles] })
    expect(edit.replaceCriterion(state, 0, api).filter).toEqual({
      match: 'any',
      criteria: [api, api],
    })
  })

  it('pause and go on', () => {
    const paused = edit.togglePaused(state, 0)
    expect(paused.refine[0]).toEqual({ ...api, paused: true })
    expect(edit.appliedCount(paused)).toBe(3)
    expect(edit.togglePaused(paused, 0)).toEqual(state)
  })

  it('ask for one value, or for none of it', () => {
    expect(edit.only(state, 'source', 'ui').refine).toEqual([
      state.refine[1],
      { column: 'source', op: 'eq', value: 'ui' },
    ])
    expect(edit.exclude(state, 'source', 'api').refine).toEqual([
      state.refine[1],
      { column: 'source', op: 'ne', value: 'api' },
    ])
    expect(edit.exclude(edit.exclude(state, 'source', 'b'), 'source', 'b').refine).toHaveLength(3)
  })

  it('join values of one column', () => {
    const two = edit.toggleIncluded(state, 'source', 'ui')
    expect(two.refine[0]).toEqual({ column: 'source', op: 'in', value: ['api', 'ui'] })
    expect(edit.toggleIncluded(two, 'source', 'api').refine[0]).toEqual({
      column: 'source',
      op: 'eq',
      value: 'ui',
    })
    expect(edit.setIncluded(two, 'source', []).refine).toEqual([state.refine[1]])
  })

  it('add what is not there, and switch on what is', () => {
    const paused = edit.togglePaused(state, 0)
    expect(edit.addRefinement(paused, api).refine).toEqual([state.refine[1], api])
    expect(edit.removeRefinement(state, 0).refine).toEqual([state.refine[1]])
  })
})
