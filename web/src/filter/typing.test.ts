import { expect, test } from 'vitest'
import { isUnfinished } from './typing'

test('what would be refused waits until it is whole', () => {
  for (const text of ['event:', 'a user:', '-', '-us', 'a -']) {
    expect(isUnfinished(text), text).toBe(true)
  }
})

test('whole searches are asked at once', () => {
  for (const text of [
    '',
    'role',
    '"role created"',
    '"role cre',
    'event:"Role',
    'event:Role',
    '-user:usr_1',
    'a-b',
    'a -b:c',
    'x: y',
  ]) {
    expect(isUnfinished(text), text).toBe(false)
  }
})
