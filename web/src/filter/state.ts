/** What a criterion compares with. */
export type Value = string | number | boolean | null

/** The operators of the contract, as `api.md` names them. */
export type Operator =
  | 'eq'
  | 'ne'
  | 'in'
  | 'nin'
  | 'contains'
  | 'starts_with'
  | 'exists'
  | 'not_exists'
  | 'in_network'

/** One row of the Filter By window, one chip, one facet. */
export interface Criterion {
  readonly column: string
  readonly op: Operator
  /** Absent for `exists` and `not_exists`; a list for `in` and `nin`. */
  readonly value?: Value | readonly Value[]
}

/** A criterion that stays in the bar while it is switched off. */
export interface Refinement extends Criterion {
  readonly paused?: boolean
}

/** The Filter By window: one match for all its criteria. */
export interface Filter {
  readonly match: 'all' | 'any'
  readonly criteria: readonly Criterion[]
}

/** The presets of the contract. */
export type Preset =
  | 'all_time'
  | 'today'
  | 'yesterday'
  | 'this_week'
  | 'this_month'
  | 'last_month'
  | 'last_30_days'
  | 'last_90_days'
  | 'this_year'
  | 'last_year'
  | 'last_hour'
  | 'last_24_hours'

/**
 * A preset, or a half-open range of civil times in the shown zone: `2026-11-01T09:00`, `2026-11-21T24:00`.
 * A missing end is open.
 */
export type TimeChoice =
  | { readonly preset: Preset }
  | { readonly from: string | null; readonly to: string | null }

/** Everything that a list of events shows, and that its URL says. */
export interface LogState {
  readonly time: TimeChoice
  readonly filter: Filter
  readonly refine: readonly Refinement[]
  readonly q: string
  /** The event whose details are open. */
  readonly event: string | null
  /** The chosen columns; null: those of the column set. */
  readonly columns: readonly string[] | null
  /** The zone, when the link pins it. */
  readonly zone: string | null
  readonly live: boolean
  readonly order: 'desc' | 'asc'
}

/** The list as it is when nothing was chosen. */
export const INITIAL: LogState = {
  time: { preset: 'last_30_days' },
  filter: { match: 'all', criteria: [] },
  refine: [],
  q: '',
  event: null,
  columns: null,
  zone: null,
  live: false,
  order: 'desc',
}
