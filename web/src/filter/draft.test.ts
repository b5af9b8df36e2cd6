import { describe, expect, it } from 'vitest'
import {
  blankRow,
  criterionOf,
  type DraftRow,
  isBlank,
  rowOf,
  rowsOf,
  takeTyped,
  withColumn,
  withOperator,
  withPicked,
} from './draft'
import type { Criterion } from './state'

const row = (part: Partial<DraftRow>): DraftRow => ({ ...blankRow(), ...part })

describe('a row', () => {
  it.each<Criterion>([
    { column: 'category', op: 'eq', value: 'Roles' },
    { column: 'user', op: 'nin', value: ['usr_1', 'usr_2'] },
    { column: 'ip', op: 'not_exists' },
    { column: 'metadata.done', op: 'eq', value: null },
  ])('says its criterion again: %j', (criterion) => {
    expect(criterionOf(rowOf(criterion))).toEqual(criterion)
  })

  it.each([
    [{}, 'column'],
    [{ column: 'category' }, 'operator'],
    [{ column: 'category', op: 'eq' }, 'value'],
    [{ column: 'category', op: 'eq', text: '  ' }, 'value'],
    [{ column: 'ip', op: 'eq', text: '10.0.0.0/8' }, 'bad_value'],
    [{ column: 'hour', op: 'eq', text: 'noon' }, 'bad_value'],
    [{ column: 'weekday', op: 'eq', text: 'someday' }, 'bad_value'],
  ] as const)('tells what is missing: %j', (part, gap) => {
    expect(criterionOf(row(part))).toBe(gap)
  })

  it.each([
    [
      { column: 'user', op: 'eq', text: ' Lily Ari ' },
      { column: 'user', op: 'eq', value: 'Lily Ari' },
    ],
    [
      { column: 'weekday', op: 'eq', text: 'Monday' },
      { column: 'weekday', op: 'eq', value: 'mon' },
    ],
    [
      { column: 'hour', op: 'in', text: '9', picked: [{ value: 8 }] },
      { column: 'hour', op: 'in', value: [8, 9] },
    ],
    [
      { column: 'metadata.n', op: 'eq', text: '5' },
      { column: 'metadata.n', op: 'eq', value: 5 },
    ],
    [
      { column: 'metadata.n', op: 'eq', text: '"5"' },
      { column: 'metadata.n', op: 'eq', value: '5' },
    ],
    [
      { column: 'metadata.n', op: 'contains', text: '5' },
      { column: 'metadata.n', op: 'contains', value: '5' },
    ],
  ] as const)('reads what is typed: %j', (part, criterion) => {
    expect(criterionOf(row(part))).toEqual(criterion)
  })

  it('keeps what fits another column or operator', () => {
    const contains = row({ column: 'event', op: 'contains', text: 'role' })
    expect(withColumn(contains, 'action')).toMatchObject({
      column: 'action',
      op: 'contains',
      text: '',
    })
    expect(withColumn(contains, 'ip')).toMatchObject({ column: 'ip', op: 'eq', text: '' })
    const two = row({
      column: 'event',
      op: 'in',
      picked: [{ value: 'Login' }, { value: 'Logout' }],
    })
    expect(criterionOf(withOperator(two, 'ne'))).toEqual({
      column: 'event',
      op: 'ne',
      value: 'Login',
    })
    expect(withOperator(two, 'exists').picked).toEqual([])
  })

  it('takes values over, each once', () => {
    const list = row({ column: 'event', op: 'in', text: 'Login', picked: [{ value: 'Logout' }] })
    const two = takeTyped(list)
    expect([two.text, two.picked.map(({ value }) => value)]).toEqual(['', ['Logout', 'Login']])
    expect(withPicked(two, { value: 'Logout', label: 'Logout' }).picked).toHaveLength(2)
    expect(
      withPicked(row({ column: 'event', op: 'eq', picked: [{ value: 'a' }] }), { value: 'b' })
        .picked,
    ).toEqual([{ value: 'b' }])
  })

  it('stands for each criterion, and is blank when it was added', () => {
    expect(rowsOf({ match: 'all', criteria: [] })).toEqual([])
    expect(isBlank(blankRow())).toBe(true)
    expect(isBlank(row({ column: 'event' }))).toBe(false)
  })
})
