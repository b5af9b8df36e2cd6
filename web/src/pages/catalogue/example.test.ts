import { expect, it } from 'vitest'
import { exampleCurl, exampleOf } from './example'

const field = (key: string, type: string, place = 'metadata') => ({
  key,
  label: key,
  type,
  place,
  sensitive: false,
})

it('fills the declared metadata and leaves out what stands elsewhere in the event', () => {
  expect(
    exampleOf({
      action: 'model.deploy',
      targets: ['model'],
      fields: [
        field('user_id', 'id', 'actor.id'),
        field('model_id', 'id'),
        field('min_replicas', 'number'),
      ],
    }),
  ).toEqual({
    action: 'model.deploy',
    actor: { type: 'user', id: 'usr_1', name: 'Lily Ari', email: 'lily@example.com' },
    targets: [{ type: 'model', id: 'model_7', name: 'Example' }],
    metadata: { model_id: 'model_id_1', min_replicas: 3 },
  })
})

it('has no empty parts', () => {
  expect(Object.keys(exampleOf({ action: 'user.logout', targets: [], fields: [] }))).toEqual([
    'action',
    'actor',
  ])
})

it('survives a quote in the shell', () => {
  expect(exampleCurl('https://a.example', 'acme', { name: "O'Neil" }, 'KEY')).toContain(
    `"name": "O'\\''Neil"`,
  )
})
