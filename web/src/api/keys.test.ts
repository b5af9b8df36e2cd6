import { describe, expect, it } from 'vitest'
import { inOrder, type Key, stateOf } from './keys'

const at = Temporal.Instant.from('2026-11-21T12:00:00Z')

function key(id: string, more: Partial<Key> = {}): Key {
  return {
    id,
    name: id,
    permissions: ['events:write'],
    prefix: 'ann_12345678',
    created_at: '2026-01-01T00:00:00Z',
    ...more,
  } as Key
}

describe('the state of a key', () => {
  it.each([
    ['active', {}],
    ['active', { expires_at: '2026-11-21T12:00:00.001Z' }],
    ['expired', { expires_at: '2026-11-21T12:00:00Z' }],
    ['revoked', { revoked_at: '2026-11-20T00:00:00Z' }],
    ['revoked', { revoked_at: '2026-11-20T00:00:00Z', expires_at: '2026-01-02T00:00:00Z' }],
  ] as const)('is %s', (state, more) => {
    expect(stateOf(key('a', more), at)).toBe(state)
  })
})

it('lists the keys that work first, then the newest first', () => {
  const keys = [
    key('old'),
    key('revoked', { revoked_at: '2026-11-20T00:00:00Z', created_at: '2026-11-01T00:00:00Z' }),
    key('new', { created_at: '2026-10-01T00:00:00Z' }),
  ]
  expect(inOrder(keys, at).map(({ id }) => id)).toEqual(['new', 'old', 'revoked'])
})
