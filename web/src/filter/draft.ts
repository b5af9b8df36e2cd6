import { columnOf, FIRST_SEEN, takesList, takesNoValue, WEEKDAYS } from './columns'
import type { Criterion, Filter, Operator, Value } from './state'
import { isComplete, typedValue, valuesOf } from './values'

/** A row of the Filter By window while it is being written. */
export interface DraftRow {
  /** Tells rows apart while others come and go. */
  readonly key: number
  /** Empty until one is chosen. */
  readonly column: string
  readonly op: Operator | ''
  /** What stands in the field: of a list only what was not taken over yet. */
  readonly text: string
  /** Values that were chosen from the list of existing ones, or taken over; at most one unless `op` takes a list. */
  readonly picked: readonly Picked[]
}

/** A chosen value, with its name when it has one. */
export interface Picked {
  readonly value: Value
  readonly label?: string
}

/** What is missing in a row. */
export type Gap = 'column' | 'operator' | 'value' | 'bad_value'

let lastKey = 0

/** A row in which nothing was chosen yet. */
export function blankRow(): DraftRow {
  lastKey += 1
  return { key: lastKey, column: '', op: '', text: '', picked: [] }
}

/** The rows of a filter, one for each criterion. */
export function rowsOf(filter: Filter): readonly DraftRow[] {
  return filter.criteria.map(rowOf)
}

/** The row of a criterion. */
export function rowOf(criterion: Criterion): DraftRow {
  const { column, op } = criterion
  return { ...blankRow(), column, op, picked: valuesOf(criterion).map((value) => ({ value })) }
}

/** Whether nothing at all was chosen in a row. */
export function isBlank(row: DraftRow): boolean {
  return row.column === '' && row.op === '' && row.text === '' && row.picked.length === 0
}

/** The row with another column: the operator stays where it fits, values of the old column go. */
export function withColumn(row: DraftRow, column: string): DraftRow {
  if (column === row.column) return row
  const operators = columnOf(column)?.operators ?? []
  const op = row.op !== '' && operators.includes(row.op) ? row.op : 'eq'
  return { ...row, column, op, text: '', picked: [] }
}

/** The row with another operator; values stay as far as they fit. */
export function withOperator(row: DraftRow, op: Operator): DraftRow {
  if (takesNoValue(op)) return { ...row, op, text: '', picked: [] }
  return { ...row, op, picked: takesList(op) ? row.picked : row.picked.slice(0, 1) }
}

/** What a typed text means in a row, fixed lists by their names too; undefined when it cannot stand there. */
export function readTypedIn(row: DraftRow, text: string): Value | undefined {
  const column = columnOf(row.column)
  const typed = text.trim()
  if (column === null || row.op === '' || typed === '') return undefined
  if (column.kind === 'weekday') return startOf(WEEKDAYS, typed)
  if (column.kind === 'first_seen') return startOf(FIRST_SEEN, typed)
  return typedValue(column, row.op, typed)?.value
}

function startOf<T extends string>(known: readonly T[], typed: string): T | undefined {
  const text = typed.toLowerCase()
  return known.find((one) => text === one || (text.length >= 3 && text.startsWith(one)))
}

/** Takes the typed text over as one more value of a list; unchanged when it means none. */
export function takeTyped(row: DraftRow): DraftRow {
  const value = readTypedIn(row, row.text)
  return value === undefined ? row : { ...withPicked(row, { value }), text: '' }
}

/** The row with one more value of a list, or with this value alone. */
export function withPicked(row: DraftRow, picked: Picked): DraftRow {
  const isList = row.op !== '' && takesList(row.op)
  const rest = isList ? row.picked.filter(({ value }) => value !== picked.value) : []
  return { ...row, text: '', picked: [...rest, picked] }
}

/** The criterion that a row says, or what is missing. */
export function criterionOf(row: DraftRow): Criterion | Gap {
  const { column, op } = row
  if (columnOf(column) === null) return 'column'
  if (op === '') return 'operator'
  if (takesNoValue(op)) return { column, op }
  const typed = readTypedIn(row, row.text)
  if (row.text.trim() !== '' && typed === undefined) return 'bad_value'
  const values = [...row.picked.map(({ value }) => value), ...(typed === undefined ? [] : [typed])]
  const [first] = values
  if (first === undefined) return 'value'
  const criterion: Criterion = takesList(op)
    ? { column, op, value: [...new Set(values)] }
    : { column, op, value: typed === undefined ? first : typed }
  return isComplete(criterion) ? criterion : 'bad_value'
}

/** Whether a row says a criterion. */
export function isWhole(read: Criterion | Gap): read is Criterion {
  return typeof read !== 'string'
}
