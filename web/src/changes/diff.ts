import { memberOf, type Segment, segmentsOf } from './field'
import { diffLists, type Item } from './lists'
import { isComparable, isEqual, isHidden, isObject, leavesOf } from './value'
import { type Part, wordsBetween } from './words'

/** A change as the event has it; a side that is not there had no value. */
export interface RecordedChange {
  readonly path: string
  readonly old?: unknown
  readonly new?: unknown
}

/** One side of a row. */
export type Cell =
  | { readonly kind: 'absent' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'items'; readonly items: readonly Item[] }

/** What happened to one field. */
export type RowChange =
  | { readonly kind: 'pair'; readonly before: Cell; readonly after: Cell; readonly moved: boolean }
  | { readonly kind: 'words'; readonly parts: readonly Part[] }
  /** Both sides are hidden; whether they differ is known of fingerprints only. */
  | { readonly kind: 'hidden'; readonly changed: boolean }
  /** The event says that the field changed, and no values. */
  | { readonly kind: 'unrecorded' }

/** A row of the table of changes. */
export interface Row {
  /** A JSON Pointer, unique in the table but for fields that an event names twice. */
  readonly path: string
  /** Its segments; for objects of a list, what names them. */
  readonly field: readonly Segment[]
  readonly change: RowChange
}

/** Only what changed, and how many fields did not. */
export interface ChangeTable {
  readonly rows: readonly Row[]
  readonly unchanged: number
}

/** Deeper members are shown as JSON. */
const MAX_DEPTH = 8

/** Compares the two sides of every change of an event, down to the fields that differ. */
export function tableOf(changes: readonly RecordedChange[]): ChangeTable {
  const table: Building = { rows: [], unchanged: 0 }
  for (const change of changes) {
    const place = { path: change.path, field: segmentsOf(change.path), depth: 0 }
    if (change.old === undefined && change.new === undefined) {
      add(table, place, { kind: 'unrecorded' })
    } else {
      compare(table, place, change.old, change.new)
    }
  }
  return table
}

interface Building {
  readonly rows: Row[]
  unchanged: number
}

interface Place {
  readonly path: string
  readonly field: readonly Segment[]
  readonly depth: number
}

function add(table: Building, { path, field }: Place, change: RowChange): void {
  table.rows.push({ path, field, change })
}

function inside(place: Place, key: string, segment: Segment = key): Place {
  return {
    path: memberOf(place.path, key),
    field: [...place.field, segment],
    depth: place.depth + 1,
  }
}

/** `undefined` stands for a side without a value; JSON has none. */
function compare(table: Building, place: Place, old: unknown, next: unknown): void {
  if (isHidden(old) && isHidden(next)) compareHidden(table, place, old, next)
  else if (isEqual(old, next)) table.unchanged += leavesOf(old)
  else if (place.depth < MAX_DEPTH && hasMembers(old, next)) {
    compareMembers(table, place, old, next)
  } else if (Array.isArray(old) && Array.isArray(next)) compareLists(table, place, old, next)
  else add(table, place, wordsOf(old, next) ?? pairOf(old, next))
}

function wordsOf(old: unknown, next: unknown): RowChange | null {
  if (typeof old !== 'string' || typeof next !== 'string') return null
  if (isHidden(old) || isHidden(next)) return null
  const parts = wordsBetween(old, next)
  return parts === null ? null : { kind: 'words', parts }
}

function pairOf(old: unknown, next: unknown): RowChange {
  return {
    kind: 'pair',
    before: cellOf(old, 'removed'),
    after: cellOf(next, 'added'),
    moved: false,
  }
}

function compareHidden(table: Building, place: Place, old: unknown, next: unknown): void {
  const isKnown = isComparable(old) && isComparable(next)
  if (isKnown && old === next) table.unchanged += 1
  else add(table, place, { kind: 'hidden', changed: isKnown || old !== next })
}

/** Two objects, or one that came or went as a whole. */
function hasMembers(old: unknown, next: unknown): boolean {
  const [full, none] = isObject(old) ? [old, next] : [next, old]
  if (!isObject(full) || Object.keys(full).length === 0) {
    return isObject(old) && isObject(next)
  }
  return isObject(none) || none === undefined || none === null
}

function compareMembers(table: Building, place: Place, old: unknown, next: unknown): void {
  const [before, after] = [isObject(old) ? old : {}, isObject(next) ? next : {}]
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compare(table, inside(place, key), own(before, key), own(after, key))
  }
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function compareLists(table: Building, place: Place, old: unknown[], next: unknown[]): void {
  const { before, after, altered, moved } = diffLists(old, next)
  const isOtherwiseEqual = !moved && [...before, ...after].every(({ mark }) => mark === 'kept')
  if (isOtherwiseEqual) {
    table.unchanged += before.length - altered.length
  } else {
    add(table, place, {
      kind: 'pair',
      before: { kind: 'items', items: before },
      after: { kind: 'items', items: after },
      moved,
    })
  }
  for (const one of altered) {
    compare(table, inside(place, one.key, { name: one.name }), one.old, one.new)
  }
}

function cellOf(value: unknown, mark: Item['mark']): Cell {
  if (value === undefined) return { kind: 'absent' }
  if (isHidden(value)) return { kind: 'hidden' }
  if (!Array.isArray(value)) return { kind: 'value', value }
  const items = value.map((one): Item => ({ value: one, mark, hidden: isHidden(one) }))
  return { kind: 'items', items }
}
