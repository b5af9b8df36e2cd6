import { expect, it } from 'vitest'
import { fieldLabel, labelOfKey, memberOf, segmentsOf } from './field'

it('reads JSON Pointers', () => {
  expect(segmentsOf('')).toEqual([])
  expect(segmentsOf('/')).toEqual([''])
  expect(segmentsOf('/a~1b/c~0d/~01')).toEqual(['a/b', 'c~d', '~1'])
})

it('writes what it reads', () => {
  for (const key of ['a/b', '~1', '', 'ü %:"']) {
    expect(segmentsOf(memberOf('/x', key))).toEqual(['x', key])
  }
})

it.each([
  ['timeout_hours', 'Timeout hours'],
  ['timeoutHours', 'Timeout hours'],
  ['model_id', 'Model ID'],
  ['added_user_ids', 'Added user IDs'],
  ['APIKey', 'API key'],
  ['api-key', 'API key'],
  ['URL', 'URL'],
  ['0', '#1'],
  ['Naïve key', 'Naïve key'],
  ['模型', '模型'],
])('names the key %s', (key, label) => {
  expect(labelOfKey(key)).toBe(label)
})

it('names a field by its parents first', () => {
  expect(fieldLabel(segmentsOf('/billing/iban_last4'))).toBe('Billing › IBAN last4')
  expect(fieldLabel(segmentsOf('/permissions/0'))).toBe('Permissions › #1')
  expect(fieldLabel(['members', { name: 'usr_1' }, 'role'])).toBe('Members › usr_1 › Role')
})
