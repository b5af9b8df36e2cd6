import type { ColumnSet } from '@/api/display'

/** The columns that a list can show, in the order of the column chooser. */
export const LIST_COLUMNS = [
  'event',
  'category',
  'user_name',
  'date_time',
  'description',
  'time',
  'action',
  'actor',
  'details',
  'user',
  'activity',
  'target',
  'result',
  'ip',
  'source',
] as const

/** A column of the list. */
export type ListColumn = (typeof LIST_COLUMNS)[number]

/** The seeds' own columns, in their order. */
export const COLUMN_SETS: Record<ColumnSet, readonly ListColumn[]> = {
  account: ['event', 'category', 'user_name', 'date_time', 'description'],
  developer: ['time', 'action', 'actor', 'details'],
  activity: ['user', 'activity', 'time'],
}

const NAMING: readonly ListColumn[] = ['event', 'action', 'activity']
const PERSONS: readonly ListColumn[] = ['user_name', 'user', 'actor']
const TIMES: readonly ListColumn[] = ['date_time', 'time']

const WIDTHS: Partial<Record<ListColumn, number>> = {
  event: 216,
  category: 124,
  user_name: 152,
  action: 232,
  actor: 208,
  user: 208,
  target: 184,
  result: 92,
  ip: 128,
  source: 92,
}

/**
 * The width of a column in pixels; undefined takes what is left.
 *
 * `tight`: only the essential columns are shown, and what happened takes what is left. `year`: times carry theirs.
 */
export function widthOf(column: ListColumn, tight: boolean, year: boolean): number | undefined {
  if (TIMES.includes(column)) return year ? 172 : 144
  if (!tight) return WIDTHS[column]
  return PERSONS.includes(column) ? 140 : undefined
}

/** The known columns among names from a URL or a preference; null when there is none. */
export function knownColumns(names: readonly string[] | null): readonly ListColumn[] | null {
  const known = (names ?? []).flatMap((name) => LIST_COLUMNS.filter((column) => column === name))
  return known.length === 0 ? null : [...new Set(known)]
}

/** The columns that stay where there is little room: what, when, and with `persons` also who. */
export function essentialColumns(
  columns: readonly ListColumn[],
  persons: boolean,
): readonly ListColumn[] {
  const essential = [...NAMING, ...TIMES, ...(persons ? PERSONS : [])]
  const left = columns.filter((column) => essential.includes(column))
  return left.some((column) => NAMING.includes(column)) ? left : columns.slice(0, 2)
}

/** What a list shows: the link's columns, else the person's, else those of the column set. */
export function shownColumns(
  link: readonly string[] | null,
  own: readonly string[] | null,
  set: ColumnSet,
): readonly ListColumn[] {
  return knownColumns(link) ?? knownColumns(own) ?? COLUMN_SETS[set]
}
