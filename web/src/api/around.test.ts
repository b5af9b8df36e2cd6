import { expect, it } from 'vitest'
import { circleOf } from './around'
import type { EventDetails } from './event'

const event = (parts: Partial<EventDetails>): EventDetails => ({
  action: 'role.create',
  activity: '',
  actor: { type: 'user', id: 'usr_1', email: 'lily@acme.example' },
  category: 'Roles',
  event: 'Role created',
  id: '01a1f87d-248f-7ae5-baa3-20a10f613261',
  integrity: { index: 1, leaf_hash: '', log: '' },
  occurred_at: '2026-11-21T09:55:19.353Z',
  outcome: {},
  received_at: '2026-11-21T09:55:19.353Z',
  verb: 'create',
  ...parts,
})

it('looks for the same actor by what tells it from all others', () => {
  expect(circleOf(event({}), 'user')).toEqual([{ column: 'actor_id', op: 'eq', value: 'usr_1' }])
  const byEmail = event({ actor: { type: 'user', email: 'lily@acme.example' } })
  expect(circleOf(byEmail, 'user')).toEqual([
    { column: 'actor_email', op: 'eq', value: 'lily@acme.example' },
  ])
  expect(circleOf(event({ actor: { type: 'system' } }), 'user')).toEqual([
    { column: 'actor_type', op: 'eq', value: 'system' },
  ])
})

it('has nothing to look for in an anonymous actor', () => {
  expect(circleOf(event({ actor: { type: 'anonymous' } }), 'user')).toBeNull()
})

it('looks for the same request or session', () => {
  const context = { request_id: 'req_1', session_id: 'ses_1' }
  expect(circleOf(event({ context }), 'request')).toEqual([
    { column: 'request_id', op: 'eq', value: 'req_1' },
    { column: 'session_id', op: 'eq', value: 'ses_1' },
  ])
  expect(circleOf(event({ context: { ip: '203.0.113.7' } }), 'request')).toBeNull()
  expect(circleOf(event({}), 'request')).toBeNull()
})

it('takes everything without a criterion', () => {
  expect(circleOf(event({}), 'all')).toEqual([])
})
