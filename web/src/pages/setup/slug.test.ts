import { expect, it } from 'vitest'
import { idProblem, slugOf } from './slug'

it.each([
  ['Acme Robotics GmbH', 'acme-robotics-gmbh'],
  ['  Été & Söhne (EU) ', 'ete-sohne-eu'],
  ['Groß', 'gross'],
  ['東京', ''],
  [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
])('makes of %s the id %s', (name, id) => {
  expect(slugOf(name)).toBe(id)
})

it.each([
  ['acme', null],
  ['Acme.eu:1_a-b', null],
  ['', 'missing'],
  ['-acme', 'rule'],
  ['acme robotics', 'rule'],
  ['a'.repeat(129), 'rule'],
  ['Annals', 'reserved'],
])('says of %s: %s', (id, problem) => {
  expect(idProblem(id)).toBe(problem)
})
