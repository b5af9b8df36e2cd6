import { expect, it } from 'vitest'
import type { Role } from '@/api/roles'
import { viewersNow, withViewer } from './viewers'

const roles = [
  { id: 'owner', may_view: true },
  { id: 'admin', may_view: true },
  { id: 'developer', may_view: false },
] as Role[]

it('begins with what holds now', () => {
  expect(viewersNow(roles)).toEqual(['owner', 'admin'])
})

it('takes roles in and out in the order of the list', () => {
  expect(withViewer(roles, ['admin'], 'developer', true)).toEqual(['owner', 'admin', 'developer'])
  expect(withViewer(roles, ['owner', 'admin'], 'admin', false)).toEqual(['owner'])
})

it('never takes owners out', () => {
  expect(withViewer(roles, ['owner'], 'owner', false)).toEqual(['owner'])
})
