import type { Criterion, Filter, LogState, Refinement, Value } from './state'
import { valuesOf } from './values'

/** Whether two criteria compare the same column in the same way with the same values. */
export function sameCriterion(one: Criterion, other: Criterion): boolean {
  if (one.column !== other.column || one.op !== other.op) return false
  const [first, second] = [valuesOf(one), valuesOf(other)]
  return first.length === second.length && first.every((value, at) => value === second[at])
}

/** Applies the Filter By window. */
export function setFilter(state: LogState, filter: Filter): LogState {
  return { ...state, filter }
}

/** Removes one criterion of the window; the last one takes `any` with it. */
export function removeCriterion(state: LogState, index: number): LogState {
  const criteria = state.filter.criteria.filter((_, at) => at !== index)
  return { ...state, filter: { match: criteria.length > 1 ? state.filter.match : 'all', criteria } }
}

/** Puts another criterion in the place of one of the window. */
export function replaceCriterion(state: LogState, index: number, criterion: Criterion): LogState {
  const criteria = state.filter.criteria.map((old, at) => (at === index ? criterion : old))
  return { ...state, filter: { ...state.filter, criteria } }
}

/** Adds a refinement; one that says the same is switched on instead. */
export function addRefinement(state: LogState, criterion: Criterion): LogState {
  const rest = state.refine.filter((old) => !sameCriterion(old, criterion))
  return { ...state, refine: [...rest, criterion] }
}

/** Removes one refinement. */
export function removeRefinement(state: LogState, index: number): LogState {
  return { ...state, refine: state.refine.filter((_, at) => at !== index) }
}

/** Puts another refinement in the place of one. */
export function replaceRefinement(state: LogState, index: number, next: Refinement): LogState {
  return { ...state, refine: state.refine.map((old, at) => (at === index ? next : old)) }
}

/** Switches a refinement off, or on again. */
export function togglePaused(state: LogState, index: number): LogState {
  const refine = state.refine.map((old, at) => {
    if (at !== index) return old
    const { paused, ...criterion } = old
    return paused === true ? criterion : { ...criterion, paused: true }
  })
  return { ...state, refine }
}

/**
 * Switches a criterion of the window off by making it a paused refinement, which says the same once it is switched on
 * again; only where all criteria must match.
 */
export function pauseCriterion(state: LogState, index: number): LogState {
  const criterion = state.filter.criteria[index]
  if (criterion === undefined || state.filter.match === 'any') return state
  const rest = removeCriterion(state, index)
  return { ...rest, refine: [...rest.refine, { ...criterion, paused: true }] }
}

/** *Only this*: the column is this value, whatever was refined by it before. */
export function only(state: LogState, column: string, value: Value): LogState {
  const rest = state.refine.filter((old) => old.column !== column)
  return { ...state, refine: [...rest, { column, op: 'eq', value }] }
}

/** *Exclude*: the column is not this value, besides what is excluded already. */
export function exclude(state: LogState, column: string, value: Value): LogState {
  const without = setIncluded(
    state,
    column,
    includedOf(state, column).filter((one) => one !== value),
  )
  return addRefinement(without, { column, op: 'ne', value })
}

/** The values that refinements ask for in a column: those of its `eq` and `in`, also when paused. */
export function includedOf(state: LogState, column: string): readonly Value[] {
  return state.refine
    .filter((old) => old.column === column && (old.op === 'eq' || old.op === 'in'))
    .flatMap(valuesOf)
}

/** Asks for any of these values in a column, in the place of what was asked for; none removes the refinement. */
export function setIncluded(state: LogState, column: string, values: readonly Value[]): LogState {
  const isOld = (old: Refinement) => old.column === column && (old.op === 'eq' || old.op === 'in')
  const at = state.refine.findIndex(isOld)
  const rest = state.refine.filter((old) => !isOld(old))
  const [first] = values
  if (first === undefined) return { ...state, refine: rest }
  const next: Refinement =
    values.length === 1
      ? { column, op: 'eq', value: first }
      : { column, op: 'in', value: [...values] }
  return { ...state, refine: at === -1 ? [...rest, next] : rest.toSpliced(at, 0, next) }
}

/** Adds a value to those asked for in a column, or takes it away. */
export function toggleIncluded(state: LogState, column: string, value: Value): LogState {
  const before = includedOf(state, column)
  const next = before.includes(value) ? before.filter((one) => one !== value) : [...before, value]
  return setIncluded(state, column, next)
}

/** *Clear All*: no filter, no refinements; the time range and the search stay. */
export function clearAll(state: LogState): LogState {
  return { ...state, filter: { match: 'all', criteria: [] }, refine: [] }
}

/** Whether *Clear All* has anything to clear. */
export function isFiltered(state: LogState): boolean {
  return state.filter.criteria.length + state.refine.length > 0
}

/** How many criteria are at work, in the window and beside it. */
export function appliedCount(state: LogState): number {
  return state.filter.criteria.length + state.refine.filter((one) => one.paused !== true).length
}
