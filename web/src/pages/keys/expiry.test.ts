import { expect, it } from 'vitest'
import { expiryOf, type Lifetime } from './expiry'

const now = Temporal.Instant.from('2026-11-21T12:00:00Z')

it.each([
  ['never', '', null],
  ['30', '', '2026-12-21T12:00:00Z'],
  ['date', '2026-11-21', '2026-11-21T23:00:00Z'],
  ['date', '2026-11-20', undefined],
  ['date', '2026-02-30', undefined],
  ['date', '', undefined],
] as const)('%s %s ends at %s', (lifetime: Lifetime, date, end) => {
  expect(expiryOf(lifetime, date, 'Europe/Berlin', now)).toBe(end)
})
