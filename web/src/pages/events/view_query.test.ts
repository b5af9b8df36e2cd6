import { describe, expect, it } from 'vitest'
import { INITIAL, type LogState } from '@/filter/state'
import { applyView, viewQuery } from './view_query'

const context = { zone: 'Europe/Berlin', weekStart: 'mon' as const }

describe('a view', () => {
  const state: LogState = {
    ...INITIAL,
    time: { from: '2026-11-01T09:00', to: '2026-11-21T24:00' },
    filter: { match: 'any', criteria: [{ column: 'category', op: 'eq', value: 'Roles' }] },
    refine: [{ column: 'result', op: 'in', value: ['failure', 'denied'] }],
    q: 'billing',
  }

  it('stores the question and gives it back', () => {
    const query = viewQuery(state, context)
    expect(Object.keys(query).sort()).toEqual(['filter', 'from', 'q', 'refine', 'to'])
    expect(applyView(INITIAL, query, null, 'Europe/Berlin')).toEqual(state)
  })

  it('keeps a preset by its name, and closes the open event', () => {
    const today: LogState = { ...INITIAL, time: { preset: 'today' } }
    expect(viewQuery(today, context)).toEqual({ range: 'today' })
    expect(applyView({ ...state, event: 'e1' }, { range: 'today' }, ['ip'], 'UTC')).toEqual({
      ...today,
      columns: ['ip'],
    })
  })

  it('leaves the time as it is when it says none', () => {
    expect(applyView(state, { q: 'x' }, null, 'UTC').time).toEqual(state.time)
  })
})
