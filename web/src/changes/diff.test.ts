import { describe, expect, it } from 'vitest'
import { type RecordedChange, type RowChange, tableOf } from './diff'

const one = (change: RecordedChange): RowChange | undefined => tableOf([change]).rows[0]?.change
const value = (value: unknown) => ({ kind: 'value', value })
const absent = { kind: 'absent' }
const pair = (before: unknown, after: unknown, moved = false) => ({
  kind: 'pair',
  before,
  after,
  moved,
})
const items = (...list: [unknown, string][]) => ({
  kind: 'items',
  items: list.map(([value, mark]) => ({ value, mark, hidden: false })),
})

describe('single values', () => {
  it('shows both sides', () => {
    expect(one({ path: '/role', old: 'Member', new: 'Admin' })).toEqual(
      pair(value('Member'), value('Admin')),
    )
    expect(one({ path: '/mfa', old: false, new: true })).toEqual(pair(value(false), value(true)))
    expect(one({ path: '/n', old: 12, new: 1 })).toEqual(pair(value(12), value(1)))
  })

  it('tells null from a value that is not there', () => {
    expect(one({ path: '/a', old: null, new: 1 })).toEqual(pair(value(null), value(1)))
    expect(one({ path: '/a', new: 1 })).toEqual(pair(absent, value(1)))
    expect(one({ path: '/a', old: 1 })).toEqual(pair(value(1), absent))
    expect(one({ path: '/a', new: null })).toEqual(pair(absent, value(null)))
    expect(one({ path: '/a', old: '', new: 'x' })).toEqual(pair(value(''), value('x')))
  })

  it('tells a number from the same digits as a text', () => {
    expect(one({ path: '/a', old: 1, new: '1' })).toEqual(pair(value(1), value('1')))
  })

  it('says when the values were not recorded', () => {
    expect(one({ path: '/a' })).toEqual({ kind: 'unrecorded' })
  })

  it('counts what did not change', () => {
    const table = tableOf([
      { path: '/a', old: 1, new: 1 },
      { path: '/b', old: { x: 1, y: [1, 2] }, new: { y: [1, 2], x: 1 } },
      { path: '/c', old: 1, new: 2 },
    ])
    expect(table.unchanged).toBe(3)
    expect(table.rows.map(({ path }) => path)).toEqual(['/c'])
  })
})

describe('objects', () => {
  it('are flattened to the members that changed', () => {
    const table = tableOf([
      {
        path: '/session',
        old: { timeout: 12, idle: { hours: 1, 'a/b': 1 } },
        new: { timeout: 12, idle: { hours: 2, 'a/b': 2 } },
      },
    ])
    expect(table.unchanged).toBe(1)
    expect(table.rows).toEqual([
      {
        path: '/session/idle/hours',
        field: ['session', 'idle', 'hours'],
        change: pair(value(1), value(2)),
      },
      {
        path: '/session/idle/a~1b',
        field: ['session', 'idle', 'a/b'],
        change: pair(value(1), value(2)),
      },
    ])
  })

  it('that came or went are flattened too', () => {
    const came = tableOf([{ path: '', new: { a: 1, b: null } }])
    expect(came.rows.map(({ path, change }) => [path, change])).toEqual([
      ['/a', pair(absent, value(1))],
      ['/b', pair(absent, value(null))],
    ])
    expect(tableOf([{ path: '/x', old: { a: 1 }, new: null }]).rows).toEqual([
      { path: '/x/a', field: ['x', 'a'], change: pair(value(1), absent) },
    ])
  })

  it('that are empty, or became something else, stay whole', () => {
    expect(one({ path: '/x', old: {} })).toEqual(pair(value({}), absent))
    expect(one({ path: '/x', old: { a: 1 }, new: 'off' })).toEqual(
      pair(value({ a: 1 }), value('off')),
    )
  })

  it('have no members of the language', () => {
    const sent = JSON.parse('{"constructor":1,"__proto__":2}') as unknown
    expect(tableOf([{ path: '', old: {}, new: sent }]).rows).toHaveLength(2)
  })

  it('end at a depth', () => {
    const deep = (leaf: number): unknown =>
      Array.from({ length: 20 }).reduce<unknown>((inner) => ({ a: inner }), leaf)
    const table = tableOf([{ path: '', old: deep(1), new: deep(2) }])
    expect(table.rows.map(({ field }) => field.length)).toEqual([8])
  })
})

describe('lists', () => {
  it('are compared by element', () => {
    expect(one({ path: '/models', old: ['a', 'b', 'c'], new: ['a', 'd'] })).toEqual(
      pair(
        items(['a', 'kept'], ['b', 'removed'], ['c', 'removed']),
        items(['a', 'kept'], ['d', 'added']),
      ),
    )
  })

  it('count equal elements', () => {
    expect(one({ path: '/l', old: ['a', 'a'], new: ['a'] })).toEqual(
      pair(items(['a', 'kept'], ['a', 'removed']), items(['a', 'kept'])),
    )
  })

  it('say when only the order changed', () => {
    expect(one({ path: '/l', old: ['a', 'b'], new: ['b', 'a'] })).toEqual(
      pair(items(['a', 'kept'], ['b', 'kept']), items(['b', 'kept'], ['a', 'kept']), true),
    )
  })

  it('that came or went have all their elements on one side', () => {
    expect(one({ path: '/l', new: ['a'] })).toEqual(pair(absent, items(['a', 'added'])))
    expect(one({ path: '/l', old: [], new: null })).toEqual(pair(items(), value(null)))
    expect(one({ path: '/l', old: 'a', new: ['a'] })).toEqual(
      pair(value('a'), items(['a', 'added'])),
    )
  })

  it('compare objects by their id', () => {
    const table = tableOf([
      {
        path: '/members',
        old: [
          { id: 1, role: 'read' },
          { id: 2, role: 'read' },
          { id: 3, role: 'x' },
        ],
        new: [
          { id: 1, role: 'write' },
          { id: 3, role: 'x' },
          { id: 4, role: 'read' },
        ],
      },
    ])
    expect(table.rows.map(({ path }) => path)).toEqual(['/members', '/members/1/role'])
    expect(table.rows[0]?.change).toMatchObject({
      before: { items: [{ mark: 'kept' }, { mark: 'removed' }, { mark: 'kept' }] },
      after: { items: [{ mark: 'kept' }, { mark: 'kept' }, { mark: 'added' }] },
    })
    expect(table.rows[1]?.change).toEqual(pair(value('read'), value('write')))
  })

  it('need no row of their own when only members of objects changed', () => {
    const table = tableOf([
      {
        path: '/m',
        old: [
          { id: 'a', on: true },
          { id: 'b', on: true },
        ],
        new: [
          { id: 'a', on: false },
          { id: 'b', on: true },
        ],
      },
    ])
    expect(table.rows.map(({ path }) => path)).toEqual(['/m/a/on'])
    expect(table.unchanged).toBe(2)
  })

  it('compare objects without a name as a whole', () => {
    const table = tableOf([{ path: '/l', old: [{ x: 1, y: 2 }], new: [{ y: 2, x: 1 }, { x: 3 }] }])
    expect(table.rows[0]?.change).toMatchObject({
      before: { items: [{ mark: 'kept' }] },
      after: { items: [{ mark: 'kept' }, { mark: 'added' }] },
      moved: false,
    })
  })
})

describe('long texts', () => {
  const before = 'Answer in the language of the customer, and never promise a refund.'
  it('are compared by word', () => {
    const change = one({ path: '/p', old: before, new: before.replace('never', 'always') })
    if (change?.kind !== 'words') throw new Error('words are expected')
    const side = (which: string) =>
      change.parts
        .filter((part) => part.side === 'both' || part.side === which)
        .map(({ text }) => text)
        .join('')
    expect(side('before')).toBe(before)
    expect(side('after')).toBe(before.replace('never', 'always'))
    expect(change.parts.filter((part) => part.side === 'before').map((p) => p.text)).toEqual([
      'never',
    ])
  })

  it('that have nothing in common stand side by side', () => {
    const after = '一二三四五六七八九十'.repeat(5)
    expect(one({ path: '/p', old: before, new: after })).toEqual(pair(value(before), value(after)))
  })
})

describe('hidden values', () => {
  const secret = (digit: string) => `secret:${digit.repeat(16)}`
  it('say that they changed, and nothing else', () => {
    expect(one({ path: '/key', old: secret('a'), new: secret('b') })).toEqual({
      kind: 'hidden',
      changed: true,
    })
  })

  it('with equal fingerprints did not change', () => {
    expect(tableOf([{ path: '/key', old: secret('a'), new: secret('a') }])).toEqual({
      rows: [],
      unchanged: 1,
    })
  })

  it('with equal masks may have changed', () => {
    expect(one({ path: '/key', old: '********', new: '********' })).toEqual({
      kind: 'hidden',
      changed: false,
    })
  })

  it('may stand on one side, and in lists', () => {
    expect(one({ path: '/key', new: secret('a') })).toEqual(pair(absent, { kind: 'hidden' }))
    expect(one({ path: '/keys', old: [], new: [secret('a')] })).toEqual(
      pair(
        { kind: 'items', items: [] },
        { kind: 'items', items: [{ value: secret('a'), mark: 'added', hidden: true }] },
      ),
    )
  })
})
