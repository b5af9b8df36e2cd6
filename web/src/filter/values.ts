import { type Column, columnOf, FIRST_SEEN, takesList, takesNoValue, WEEKDAYS } from './columns'
import type { Criterion, Operator, Value } from './state'

/** How many values a list of `in` and `nin` may have. */
export const MAX_VALUES = 1000

/** How many criteria a filter may have. */
export const MAX_CRITERIA = 100

/** Reads a typed or linked text as a JSON number, `true`, `false` or `null`; everything else stays text. */
export function readScalar(text: string): Value {
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null') return null
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text
  const number = Number(text)
  // Whole numbers beyond 2^53 are not exact, and events have them as strings.
  const exact =
    Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
  return exact ? number : text
}

/** Like {@link readScalar}; between quotes everything is text: `"5"`. */
export function readTyped(text: string): Value {
  if (!text.startsWith('"')) return readScalar(text)
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'string' ? read : text
  } catch {
    return text
  }
}

/** Whether the values of this comparison have a JSON type that matters. */
export function isTyped(column: Column, op: Operator): boolean {
  return column.kind === 'json' && op !== 'contains' && op !== 'starts_with'
}

/** The value that a typed text means in a column, or null when it cannot stand there. */
export function typedValue(column: Column, op: Operator, text: string): { value: Value } | null {
  if (isTyped(column, op)) return { value: readTyped(text) }
  if (column.kind === 'hour')
    return /^([01]?\d|2[0-3])$/.test(text) ? { value: Number(text) } : null
  return isValue(column, op, text) ? { value: text } : null
}

/** Whether a value can stand in a comparison; the server would refuse all others. */
export function isValue(column: Column, op: Operator, value: Value): boolean {
  if (isTyped(column, op)) return typeof value !== 'number' || Number.isFinite(value)
  if (column.kind === 'hour') {
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 23
  }
  if (typeof value !== 'string') return false
  if (op === 'contains' || op === 'starts_with') return value.trim() !== ''
  if (op === 'in_network') return isNetwork(value)
  if (column.kind === 'ip') return isAddress(value)
  if (column.kind === 'weekday') return WEEKDAYS.some((day) => day === value)
  if (column.kind === 'first_seen') return FIRST_SEEN.some((first) => first === value)
  return true
}

/** Whether a criterion is whole and the server would take it. */
export function isComplete(criterion: Criterion): boolean {
  const column = columnOf(criterion.column)
  if (column === null || !column.operators.includes(criterion.op)) return false
  const { op, value } = criterion
  if (takesNoValue(op)) return value === undefined
  if (value === undefined) return false
  if (takesList(op)) {
    return isList(value) && value.length > 0 && value.every((one) => isValue(column, op, one))
  }
  return !isList(value) && isValue(column, op, value)
}

/** Whether a value is a list. */
export function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value)
}

/** The values of a criterion, none, one or many. */
export function valuesOf(criterion: Criterion): readonly Value[] {
  if (criterion.value === undefined) return []
  return isList(criterion.value) ? criterion.value : [criterion.value]
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return isV4(text) || isV6(text)
}

function isV4(text: string): boolean {
  const parts = text.split('.')
  return (
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  )
}

function isV6(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`)
}

/** Whether a text is a network such as `203.0.113.0/24`, or one address. */
export function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/')
  if (rest.length > 0 || !isAddress(address)) return false
  if (length === undefined) return true
  return /^\d{1,3}$/.test(length) && Number(length) <= (isV4(address) ? 32 : 128)
}
