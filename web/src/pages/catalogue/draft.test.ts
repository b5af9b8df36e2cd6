import { expect, it } from 'vitest'
import { declarationOf, draftOf, missingIn, withField } from './draft'

it('a form without changes sends back what is declared', () => {
  const known = {
    action: 'ticket.escalate',
    event: 'Ticket escalated',
    category: 'Support',
    description: 'A ticket went up.',
    verb: 'update',
    target_type: 'ticket',
    further_targets: ['inbox'],
    sentence: 'Escalated {target}',
    unsuccessful: 'Tried to escalate {target}',
    aliases: ['ticket.raise', 'ticket.up'],
    fields: [
      { key: 'tier', label: 'Customer tier', type: 'text', place: 'metadata', sensitive: true },
      { key: 'user_id', label: 'User ID', type: 'id', place: 'actor.id', sensitive: false },
    ],
  } as const
  const sent = declarationOf(draftOf(known as never), known as never)
  const { action, ...declared } = known
  expect(action).toBe('ticket.escalate')
  expect(sent).toEqual(declared)
})

it('new fields are told by their label, and empty ones are left out', () => {
  const draft = withField(withField(draftOf({})))
  expect(draft.fields.map(({ row }) => row)).toEqual([0, 1])
  const fields = draft.fields.map((field) =>
    field.row === 1 ? { ...field, label: ' Tier ' } : field,
  )
  expect(declarationOf({ ...draft, fields }, {}).fields).toEqual([
    { label: 'Tier', type: 'text', place: 'metadata', sensitive: false },
  ])
})

it('what is missing is named in the order of the form', () => {
  expect(missingIn(draftOf({}))).toEqual(['action', 'event', 'category'])
  expect(missingIn(draftOf({ action: 'a.b', event: ' ', category: 'C' }))).toEqual(['event'])
})
