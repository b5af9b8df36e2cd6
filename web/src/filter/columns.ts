import type { Operator } from './state'

/** The columns of the contract but those of the metadata; Category, Event, User first. */
export const COLUMN_NAMES = [
  'category',
  'event',
  'user',
  'action',
  'verb',
  'result',
  'actor_id',
  'actor_email',
  'actor_type',
  'target_type',
  'target_id',
  'ip',
  'source',
  'description',
  'first_seen',
  'weekday',
  'hour',
  'request_id',
  'session_id',
] as const

/** A column that has a name of its own. */
export type ColumnName = (typeof COLUMN_NAMES)[number]

/** What the values of a column are. */
export type ValueKind = 'listed' | 'text' | 'ip' | 'first_seen' | 'weekday' | 'hour' | 'json'

/** A column to filter by. */
export interface Column {
  /** As in the contract: `actor_email`, `metadata.model_id`. */
  readonly name: string
  readonly kind: ValueKind
  /** `eq` and `ne` first. */
  readonly operators: readonly Operator[]
}

const EQUALITY = ['eq', 'ne', 'in', 'nin'] as const
const EXISTENCE = ['exists', 'not_exists'] as const
const TEXT: readonly Operator[] = [...EQUALITY, 'contains', 'starts_with', ...EXISTENCE]
const PLAIN: readonly Operator[] = [...EQUALITY, ...EXISTENCE]
const ADDRESS: readonly Operator[] = [...EQUALITY, 'in_network', ...EXISTENCE]

const KINDS: Partial<Record<ColumnName, ValueKind>> = {
  ip: 'ip',
  first_seen: 'first_seen',
  weekday: 'weekday',
  hour: 'hour',
  description: 'text',
}

function column(name: string, kind: ValueKind): Column {
  const operators =
    kind === 'ip' ? ADDRESS : kind === 'listed' || kind === 'text' || kind === 'json' ? TEXT : PLAIN
  return { name, kind, operators }
}

/** All of them, in the order in which they are offered. */
export const COLUMNS: readonly Column[] = COLUMN_NAMES.map((name) =>
  column(name, KINDS[name] ?? 'listed'),
)

const BY_NAME = new Map(COLUMNS.map((one) => [one.name, one]))
const METADATA = 'metadata.'
const KEY_BYTES = 64

/** The column of this name, `metadata.<key>` included; null when there is none. */
export function columnOf(name: string): Column | null {
  const key = metadataKey(name)
  if (key === null) return BY_NAME.get(name) ?? null
  const bytes = new TextEncoder().encode(key).length
  return bytes === 0 || bytes > KEY_BYTES ? null : column(name, 'json')
}

/** The key of a metadata column, or null when it is another column. */
export function metadataKey(name: string): string | null {
  return name.startsWith(METADATA) ? name.slice(METADATA.length) : null
}

/** Whether the operator compares with no value. */
export function takesNoValue(op: Operator): boolean {
  return op === 'exists' || op === 'not_exists'
}

/** Whether the operator compares with a list. */
export function takesList(op: Operator): boolean {
  return op === 'in' || op === 'nin'
}

/** The days of the week, as values. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** What happens for the first time, as values. */
export const FIRST_SEEN = ['action', 'network'] as const

/** What the columns, operators and values of fixed lists are called in the messages. */
export type ColumnKey = `columns.${ColumnName}` | 'columns.metadata'

/** The message of a column's name, with the key of a metadata column as `key`. */
export function columnText(
  name: string,
  say: (key: ColumnKey, values?: Record<string, string>) => string,
): string {
  const key = metadataKey(name)
  if (key !== null) return say('columns.metadata', { key })
  const known = COLUMN_NAMES.find((one) => one === name)
  return known === undefined ? name : say(`columns.${known}`)
}
