import { type ColumnKey, columnText, FIRST_SEEN, takesNoValue, WEEKDAYS } from './columns'
import type { Criterion, Operator, Value } from './state'
import { valuesOf } from './values'

/** What describing needs of the messages. */
export type DescribeKey =
  | ColumnKey
  | `words.${Operator}`
  | 'words.criterion'
  | 'words.criterion_alone'
  | 'words.more'
  | 'words.empty'
  | `values.weekday.${(typeof WEEKDAYS)[number]}`
  | `values.first_seen.${(typeof FIRST_SEEN)[number]}`

/** Fills in a message of the namespace `filter`. */
export type SayFilter = (key: DescribeKey, values?: Record<string, string | number>) => string

/** What a value is called, such as the name of the user with this id; undefined when nobody knows. */
export type LabelOf = (column: string, value: Value) => string | undefined

/** A criterion in three pieces: *Category*, *is*, *Roles*. */
export interface Described {
  readonly column: string
  readonly op: string
  readonly value: string
}

const SHOWN_VALUES = 3

/** A value as people read it. */
export function valueText(column: string, value: Value, say: SayFilter, label?: LabelOf): string {
  const known = label?.(column, value)
  if (known !== undefined) return known
  if (column === 'weekday') {
    const day = WEEKDAYS.find((one) => one === value)
    if (day !== undefined) return say(`values.weekday.${day}`)
  }
  if (column === 'first_seen') {
    const first = FIRST_SEEN.find((one) => one === value)
    if (first !== undefined) return say(`values.first_seen.${first}`)
  }
  return value === '' ? say('words.empty') : String(value)
}

/** The pieces of a criterion; of a list the first three values, and how many more. */
export function describePieces(criterion: Criterion, say: SayFilter, label?: LabelOf): Described {
  const values = valuesOf(criterion)
  const shown = values
    .slice(0, SHOWN_VALUES)
    .map((value) => valueText(criterion.column, value, say, label))
    .join(', ')
  const more = values.length - SHOWN_VALUES
  return {
    column: columnText(criterion.column, say),
    op: say(`words.${criterion.op}`),
    value: more > 0 ? say('words.more', { shown, count: more }) : shown,
  }
}

/** A criterion in words: *Category is Roles*. */
export function criterionText(criterion: Criterion, say: SayFilter, label?: LabelOf): string {
  const { column, op, value } = describePieces(criterion, say, label)
  if (takesNoValue(criterion.op)) return say('words.criterion_alone', { column, op })
  return say('words.criterion', { column, op, value })
}
