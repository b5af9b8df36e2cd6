import { expect, it } from 'vitest'
import { linesOf, textOf } from './lines'

it.each([
  ['', []],
  ['  \n,', []],
  ['pin code', ['pin code']],
  ['pin\nPIN, pin', ['pin', 'PIN']],
])('%j holds %j', (text, entries) => {
  expect(linesOf(text)).toEqual(entries)
})

it('what is shown reads back', () => {
  expect(linesOf(textOf(['acme_', 'tok-']))).toEqual(['acme_', 'tok-'])
})
