import { describe, expect, it } from 'vitest'
import { differenceOf, isSame, type Rights } from './difference'

const auditor: Rights = { permissions: ['audit:read', 'audit:export', 'audit:verify'], hide: [] }
const developer: Rights = { permissions: ['events:write', 'keys:write'], hide: [] }
const support: Rights = { permissions: ['audit:read'], hide: ['context', 'changes'] }

describe('another role', () => {
  it('names what is gained and what is lost', () => {
    expect(differenceOf(auditor, developer)).toEqual({
      gained: ['events:write', 'keys:write'],
      lost: ['audit:read', 'audit:export', 'audit:verify'],
      hidden: [],
      shown: [],
    })
  })

  it('names the parts of events that will be hidden, and the other way round', () => {
    const { lost, hidden } = differenceOf(auditor, support)
    expect([lost, hidden]).toEqual([
      ['audit:export', 'audit:verify'],
      ['context', 'changes'],
    ])
    expect(differenceOf(support, auditor).shown).toEqual(['context', 'changes'])
  })

  it('says nothing about hidden parts to those who read nothing', () => {
    const { hidden, shown } = differenceOf(support, developer)
    expect([hidden, shown]).toEqual([[], []])
    expect(differenceOf(developer, support).hidden).toEqual([])
  })

  it('is the same only for the same rights', () => {
    expect(isSame(differenceOf(support, { ...support, hide: ['changes', 'context'] }))).toBe(true)
    expect(isSame(differenceOf(support, { ...support, hide: ['changes'] }))).toBe(false)
    expect(isSame(differenceOf(auditor, support))).toBe(false)
  })
})
