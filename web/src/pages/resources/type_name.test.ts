import { expect, it } from 'vitest'
import { inSentence } from './type_name'

it.each([
  ['Agents', 'agents'],
  ['Automation Rules', 'automation rules'],
  ['API keys', 'API keys'],
  ['Übungen', 'übungen'],
])('writes %s inside a sentence', (plural, text) => {
  expect(inSentence(plural)).toBe(text)
})
