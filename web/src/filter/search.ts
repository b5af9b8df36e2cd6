import type { components } from '@/api/schema'
import { resolveTime } from '@/time/choice'
import type { Here } from '@/time/presets'
import type { Criterion, LogState, Refinement } from './state'

/** What the page itself adds to every search: the log of one resource, criteria that no chip can remove. */
export interface Locked {
  /** `type:id`. */
  readonly resource?: string
  readonly refine?: readonly Criterion[]
}

/** A search as the API takes it. */
export type Search = components['schemas']['Search']
type SentCriterion = components['schemas']['Criterion']

/** Whom and where the search is for. */
export interface SearchContext extends Omit<Here, 'now'> {
  readonly locked?: Locked
}

/**
 * The search that a state means; paused refinements are left out. Presets go by name, so that the server's clock
 * decides; civil times go as the instants that they are in the shown zone.
 */
export function searchBody(state: LogState, context: SearchContext): Search {
  const { zone, weekStart, locked } = context
  const refine = [...(locked?.refine ?? []), ...state.refine.filter(isActive)].map(sent)
  const { match, criteria } = state.filter
  return {
    ...rangeOf(state, context),
    tz: zone,
    week_start: weekStart,
    ...(criteria.length > 0 && { filter: { match, criteria: criteria.map(sent) } }),
    ...(refine.length > 0 && { refine }),
    ...(state.q.trim() !== '' && { q: closed(state.q) }),
    ...(locked?.resource !== undefined && { resource: locked.resource }),
  }
}

/** The text with its last quote closed: a phrase is asked for while it is still being typed. */
function closed(q: string): string {
  return (q.match(/"/g)?.length ?? 0) % 2 === 0 ? q : `${q}"`
}

/** Whether a refinement is switched on. */
export function isActive(refinement: Refinement): boolean {
  return refinement.paused !== true
}

function sent({ column, op, value }: Criterion): SentCriterion {
  return value === undefined ? { column, op } : { column, op, value }
}

function rangeOf(state: LogState, { zone, weekStart }: SearchContext): Search {
  if ('preset' in state.time) return { range: state.time.preset }
  // Absolute times need no now.
  const here = { zone, weekStart, now: Temporal.Instant.fromEpochMilliseconds(0) }
  const { from, to } = resolveTime(state.time, here)
  // Ends of two kinds may change their order with the zone; such a range is empty.
  const isTurned = from !== null && to !== null && Temporal.ZonedDateTime.compare(from, to) > 0
  const last = isTurned ? from : to
  return {
    ...(from !== null && { from: from.toInstant().toString() }),
    ...(last !== null && { to: last.toInstant().toString() }),
  }
}
