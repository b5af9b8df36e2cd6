import { expect, it } from 'vitest'
import { canonical, headOf, isHidden, leavesOf, lineOf } from './value'

it.each([
  [{ id: 'usr_2', role: 'read' }, 'usr_2 · role: read'],
  [{ id: 'usr_1', name: 'Lily Ari' }, 'Lily Ari (usr_1)'],
  [{ key: 7, on: true, tags: ['a'] }, '7 · on: true, tags: ["a"]'],
  [{ x: 1, y: null }, 'x: 1, y: null'],
  [{ id: { of: 1 }, name: '' }, 'id: {"of":1}, name: '],
])('writes %j in one line', (value, line) => {
  expect(lineOf(value)).toBe(line)
})

it('finds no head in what is no object', () => {
  expect(headOf(['a'])).toBeNull()
  expect(headOf({ name: {} })).toBeNull()
})

it('writes equal values alike', () => {
  expect(canonical({ b: [1, { d: 1, c: 2 }], a: null })).toBe(
    canonical({ a: null, b: [1, { c: 2, d: 1 }] }),
  )
  expect(canonical(['1'])).not.toBe(canonical([1]))
})

it('counts what has no members', () => {
  expect(leavesOf({ a: 1, b: { c: 2, d: {} }, e: [1, 2] })).toBe(4)
})

it.each(['secret:0123456789abcdef', '********', '[REDACTED]', 'redacted', '••••'])(
  'knows %s as hidden',
  (value) => {
    expect(isHidden(value)).toBe(true)
  },
)

it.each(['secret:0123', 'secret:0123456789ABCDEF', '**', 'hidden treasure', '', null, 7])(
  'does not take %s as hidden',
  (value) => {
    expect(isHidden(value)).toBe(false)
  },
)
