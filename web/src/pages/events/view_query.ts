import type { components } from '@/api/schema'
import { type SearchContext, searchBody } from '@/filter/search'
import { type Criterion, INITIAL, type LogState, type Preset } from '@/filter/state'
import { choiceOf } from '@/time/choice'
import { PRESETS } from '@/time/presets'

/** The part of a search that a view keeps: the question, not the zone of who asks. */
export type ViewQuery = components['schemas']['ViewQuery']

/** What a view of the list as it is would store. */
export function viewQuery(state: LogState, context: SearchContext): ViewQuery {
  const { range, from, to, filter, refine, q } = searchBody(state, {
    ...context,
    locked: undefined,
  })
  const query: ViewQuery = { range, from, to, filter, refine, q }
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as ViewQuery
}

/** The list as a view asks for it; what the view leaves open stays as it is. */
export function applyView(
  state: LogState,
  query: ViewQuery,
  columns: readonly string[] | null,
  zone: string,
): LogState {
  return {
    ...state,
    time: timeOf(query, zone) ?? state.time,
    filter: (query.filter as LogState['filter'] | null | undefined) ?? INITIAL.filter,
    refine: (query.refine as readonly Criterion[] | undefined) ?? [],
    q: query.q ?? '',
    event: null,
    columns: columns ?? state.columns,
  }
}

function timeOf({ range, from, to }: ViewQuery, zone: string): LogState['time'] | null {
  const preset = [...PRESETS, 'last_hour', 'last_24_hours'].find((one) => one === range)
  if (preset !== undefined) return { preset: preset as Preset }
  if (!from && !to) return null
  const civil = (text: string | null | undefined) =>
    text ? Temporal.Instant.from(text).toZonedDateTimeISO(zone) : null
  return choiceOf({ from: civil(from), to: civil(to) })
}
