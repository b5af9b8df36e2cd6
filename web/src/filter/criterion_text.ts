import { columnOf, takesList, takesNoValue } from './columns'
import type { Criterion, Operator, Value } from './state'
import { isComplete, isList, isTyped, readScalar, readTyped } from './values'

const OPERATORS: readonly string[] = [
  'eq',
  'ne',
  'in',
  'nin',
  'contains',
  'starts_with',
  'exists',
  'not_exists',
  'in_network',
] satisfies Operator[]

/**
 * Writes a criterion as `column:op:value`. A colon or backslash in the column, and a comma or backslash in a value of
 * a list, stand after a backslash. Values of the metadata keep their JSON type: a text that reads as a number,
 * boolean or null is quoted.
 */
export function writeCriterion(criterion: Criterion): string {
  const { column, op, value } = criterion
  const head = `${column.replace(/[\\:]/g, '\\$&')}:${op}`
  if (takesNoValue(op) || value === undefined) return head
  const known = columnOf(column)
  const typed = known !== null && isTyped(known, op)
  const write = (one: Value) => writeValue(one, typed)
  if (!isList(value)) return `${head}:${write(value)}`
  return `${head}:${value.map((one) => write(one).replace(/[\\,]/g, '\\$&')).join(',')}`
}

function writeValue(value: Value, typed: boolean): string {
  if (typeof value !== 'string') return String(value)
  const isPlain = !typed || (readScalar(value) === value && !value.startsWith('"'))
  return isPlain ? value : JSON.stringify(value)
}

/** Reads what {@link writeCriterion} writes; null when it is none, or one that the server would refuse. */
export function readCriterion(text: string): Criterion | null {
  const end = unescapedColon(text)
  if (end === -1) return null
  const column = text.slice(0, end).replace(/\\([\\:])/g, '$1')
  const rest = text.slice(end + 1)
  const split = rest.indexOf(':')
  const op = split === -1 ? rest : rest.slice(0, split)
  if (!isOperator(op)) return null
  const sent = split === -1 ? undefined : rest.slice(split + 1)
  const value = sent === undefined ? undefined : readValues(column, op, sent)
  if (value === null && sent !== 'null') return null
  const criterion: Criterion = value === undefined ? { column, op } : { column, op, value }
  return isComplete(criterion) ? criterion : null
}

function isOperator(name: string): name is Operator {
  return OPERATORS.includes(name)
}

function unescapedColon(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === ':') return at
  }
  return -1
}

function readValues(column: string, op: Operator, text: string): Value | Value[] | null {
  const known = columnOf(column)
  if (known === null) return null
  const read = (one: string): Value => {
    if (known.kind === 'hour') return readScalar(one)
    return isTyped(known, op) ? readTyped(one) : one
  }
  return takesList(op) ? splitList(text).map(read) : read(text)
}

function splitList(text: string): string[] {
  const parts = ['']
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (character === ',') {
      parts.push('')
      continue
    }
    if (character === '\\' && at + 1 < text.length) at += 1
    parts[parts.length - 1] += text[at] ?? ''
  }
  return parts
}
