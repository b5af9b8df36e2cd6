import { describe, expect, it } from 'vitest'
import { type Catalog, rowsOf, seenOf, undeclaredRow } from './catalogue'

const bucket = (by?: Record<string, number>) => ({
  from: '2026-11-20T23:00:00Z',
  to: '2026-11-21T23:00:00Z',
  count: 0,
  ...(by && { by }),
})

const event = (action: string, category: string, name: string) => ({
  action,
  category,
  event: name,
  description: '',
  verb: 'other',
  pack: 'gale',
  aliases: [],
  fields: [],
  targets: [],
  further_targets: [],
  own: false,
  state: 'active',
  version: 0,
})

describe('what was seen', () => {
  it('counts each action in all and per day, days without it included', () => {
    const seen = seenOf({
      buckets: [bucket({ a: 2 }), bucket(), bucket({ a: 1, b: 7 })],
    })
    expect(seen.get('a')).toEqual({ count: 3, days: [2, 0, 1] })
    expect(seen.get('b')).toEqual({ count: 7, days: [0, 0, 7] })
    expect(seen.size).toBe(2)
  })
})

describe('the rows of the catalogue', () => {
  const catalog = {
    packs: [],
    strict: false,
    resource_types: [],
    events: [
      event('role.edit', 'Roles', 'Role edited'),
      event('role.create', 'Roles', 'Role created'),
    ],
  } as unknown as Catalog
  const seen = new Map([
    ['role.create', { count: 3, days: [3] }],
    ['agent.tool_call', { count: 1, days: [1] }],
  ])

  it('are ordered by category and event, and say what is declared, silent and undeclared', () => {
    expect(rowsOf(catalog, seen).map(({ action, state }) => [action, state])).toEqual([
      ['agent.tool_call', 'undeclared'],
      ['role.create', 'declared'],
      ['role.edit', 'silent'],
    ])
  })

  it('name what is undeclared as the server does', () => {
    expect(undeclaredRow('agent.tool_call')).toMatchObject({
      event: 'Agent tool call',
      category: 'Agent',
      pack: null,
    })
  })
})
