import { describe, expect, it } from 'vitest'
import type { Settings } from '@/api/display'
import { fieldErrors, isChanged, withEdits } from './edits'

const saved = {
  name: 'Acme',
  time_zone: null,
  week_start: 'mon',
  column_set: 'account',
  packs_off: ['kilo', 'gale'],
} as Settings

describe('whether there is something to save', () => {
  it.each([
    [false, {}],
    [false, { name: 'Acme' }],
    [true, { name: 'Acme Robotics' }],
    [false, { packs_off: ['gale', 'kilo'] }],
    [true, { packs_off: ['gale'] }],
    [false, { time_zone: null }],
    [true, { time_zone: 'UTC' }],
  ] as const)('%s for %o', (changed, edits) => {
    expect(isChanged(saved, edits as Partial<Settings>)).toBe(changed)
  })
})

it('keeps what was typed when the saved settings change', () => {
  const next = withEdits({ ...saved, time_zone: 'UTC' }, { name: 'New' })
  expect([next.name, next.time_zone]).toEqual(['New', 'UTC'])
})

it('puts refusals to their fields', () => {
  const places = [
    { pointer: '/name', message: 'too long' },
    { pointer: '/packs_off/1', message: 'unknown' },
    { message: 'about nothing' },
  ]
  expect(fieldErrors(places)).toEqual({ name: 'too long', packs_off: 'unknown' })
})
