import { expect, it } from 'vitest'
import { inGroups } from './groups'

it.each([
  ['', ''],
  ['JBSW', 'JBSW'],
  ['JBSWY3DPEHPK3PXP', 'JBSW Y3DP EHPK 3PXP'],
  ['JBSW Y3DPEH', 'JBSW Y3DP EH'],
])('%j is typed as %j', (secret, groups) => {
  expect(inGroups(secret)).toBe(groups)
})
