import { describe, expect, it } from 'vitest'
import texts from '@/messages/en.json'
import { COLUMN_SETS, essentialColumns, knownColumns, shownColumns } from './columns'

const headers = (set: keyof typeof COLUMN_SETS) =>
  COLUMN_SETS[set].map((column) => texts.events.columns[column])

describe('columns', () => {
  it('have the headers of the seeds, verbatim and in their order', () => {
    expect(headers('account')).toEqual([
      'Event Name',
      'Category',
      'User Name',
      'Date and Time',
      'Description',
    ])
    expect(headers('developer')).toEqual(['Time', 'Action', 'Actor', 'Details'])
    expect(headers('activity')).toEqual(['User', 'Activity', 'Time'])
  })

  it('leave out names that nobody knows, and repeated ones', () => {
    expect(knownColumns(['ip', 'nonsense', 'ip', 'event'])).toEqual(['ip', 'event'])
    expect(knownColumns(['nonsense'])).toBeNull()
    expect(knownColumns(null)).toBeNull()
  })

  it('keep what, who and when where there is little room', () => {
    expect(essentialColumns(COLUMN_SETS.account, true)).toEqual(['event', 'user_name', 'date_time'])
    expect(essentialColumns(COLUMN_SETS.activity, false)).toEqual(['activity', 'time'])
    expect(essentialColumns(['ip', 'source', 'target'], true)).toEqual(['ip', 'source'])
  })

  it('come from the link first, then from the person, then from the set', () => {
    expect(shownColumns(['ip'], ['event'], 'activity')).toEqual(['ip'])
    expect(shownColumns(null, ['event'], 'activity')).toEqual(['event'])
    expect(shownColumns(null, null, 'activity')).toEqual(COLUMN_SETS.activity)
  })
})
