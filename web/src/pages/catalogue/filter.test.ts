import { describe, expect, it } from 'vitest'
import { type CatalogRow, undeclaredRow } from '@/api/catalogue'
import { isShown, readFilter, writeFilter } from './filter'

const ALL = { q: '', pack: '', category: '', state: '' } as const
const row = {
  ...undeclaredRow('role.create'),
  event: 'Role created',
  category: 'Roles',
  pack: 'gale',
  state: 'declared' as const,
  fields: [{ key: 'role_id', label: 'Role ID', type: 'id', place: 'metadata', sensitive: false }],
} satisfies CatalogRow

describe('what is shown', () => {
  it.each([
    [true, {}],
    [true, { q: ' created  ROLE ' }],
    [true, { q: 'role id' }],
    [false, { q: 'role deleted' }],
    [true, { pack: 'gale', category: 'Roles', state: 'declared' }],
    [false, { pack: 'kilo' }],
    [false, { category: 'Role' }],
    [false, { state: 'silent' }],
  ] as const)('%s for %o', (shown, filter) => {
    expect(isShown(row, { ...ALL, ...filter })).toBe(shown)
  })
})

it('goes into the URL and back', () => {
  const filter = { q: 'a b', pack: '', category: 'Login/Logout', state: 'silent' } as const
  expect(writeFilter(filter)).toEqual({ q: 'a b', category: 'Login/Logout', state: 'silent' })
  expect(readFilter(writeFilter(filter))).toEqual(filter)
  expect(readFilter({ state: 'loud', q: ['a', 'b'] })).toEqual(ALL)
})
