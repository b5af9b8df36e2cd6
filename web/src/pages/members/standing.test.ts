import { expect, it } from 'vitest'
import type { Member } from '@/api/members'
import { isLastOwner, mayGive } from './standing'

const member = (id: string, role: string, expires_at: string | null = null) =>
  ({ id, role, expires_at }) as Member

it('nobody gives more than he has', () => {
  expect(mayGive(['audit:read', 'keys:write'], { permissions: ['keys:write'] })).toBe(true)
  expect(mayGive(['audit:read'], { permissions: ['audit:read', 'audit:redact'] })).toBe(false)
  expect(mayGive([], { permissions: [] })).toBe(true)
})

it('the last owner is the one whose access does not end', () => {
  const alma = member('a', 'owner')
  expect(isLastOwner(alma, [alma, member('b', 'admin')])).toBe(true)
  expect(isLastOwner(alma, [alma, member('b', 'owner')])).toBe(false)
  expect(isLastOwner(alma, [alma, member('b', 'owner', '2026-12-01T00:00:00Z')])).toBe(true)
  const admin = member('b', 'admin')
  expect(isLastOwner(admin, [alma, admin])).toBe(false)
})
