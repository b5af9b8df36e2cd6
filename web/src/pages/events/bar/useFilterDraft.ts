import { useState } from 'react'
import {
  blankRow,
  criterionOf,
  type DraftRow,
  type Gap,
  isBlank,
  isWhole,
  rowsOf,
} from '@/filter/draft'
import type { Criterion, Filter } from '@/filter/state'

/** The rows of the Filter By window, which nothing outside sees before they are applied. */
export interface FilterDraft {
  readonly match: Filter['match']
  readonly rows: readonly DraftRow[]
  /** The criteria of the rows that are whole. */
  readonly criteria: readonly Criterion[]
  readonly setMatch: (match: Filter['match']) => void
  readonly change: (row: DraftRow) => void
  /** Adds a row, and returns it. */
  readonly add: () => DraftRow
  /** Removes a row, and returns the one that takes its place for the focus; null when none is left. */
  readonly remove: (row: DraftRow) => DraftRow | null
  /** Removes all rows. */
  readonly clear: () => null
  /** The filter, or null when a row is not whole; what is missing is shown from then on. */
  readonly finish: () => Filter | null
  /** What is missing in a row, once that is to be shown. */
  readonly gapOf: (row: DraftRow) => Gap | null
}

/** Begins with the applied filter. */
export function useFilterDraft(applied: Filter): FilterDraft {
  const [match, setMatch] = useState(applied.match)
  const [rows, setRows] = useState(() => rowsOf(applied))
  const [checked, setChecked] = useState<readonly number[]>([])
  const isIgnored = (row: DraftRow) => rows.length === 1 && isBlank(row)
  const criteria = rows.map(criterionOf).filter(isWhole)
  const finish = () => {
    setChecked(rows.map(({ key }) => key))
    const missing = rows.filter((row) => !isIgnored(row) && !isWhole(criterionOf(row)))
    return missing.length > 0 ? null : { match: criteria.length > 1 ? match : 'all', criteria }
  }
  const add = () => {
    const row = blankRow()
    setRows([...rows, row])
    return row
  }
  const clear = () => {
    setRows([])
    setMatch('all')
    return null
  }
  const remove = (row: DraftRow) => {
    const rest = rows.filter(({ key }) => key !== row.key)
    setRows(rest)
    return rest[Math.min(rows.indexOf(row), rest.length - 1)] ?? null
  }
  return {
    match,
    rows,
    criteria,
    setMatch,
    change: (row) => setRows((old) => old.map((one) => (one.key === row.key ? row : one))),
    add,
    remove,
    clear,
    finish,
    gapOf(row) {
      const read = criterionOf(row)
      return !checked.includes(row.key) || isIgnored(row) || isWhole(read) ? null : read
    },
  }
}
