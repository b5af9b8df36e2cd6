import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** What the events of an account mean. */
export type Catalog = components['schemas']['Catalog']

/** One declared event. */
export type CatalogEvent = components['schemas']['CatalogEvent']

/** One labelled value of an event. */
export type CatalogField = components['schemas']['CatalogField']

type Histogram = components['schemas']['Histogram']

/** Declared and recorded in the last 30 days, declared but not, recorded without being declared, or not to be used. */
export type EventState = 'declared' | 'silent' | 'undeclared' | 'deprecated'

/** How often an action was recorded, in all and per day. */
export interface Seen {
  readonly count: number
  readonly days: readonly number[]
}

/** An event of the catalogue, or one that is recorded without standing there. */
export interface CatalogRow
  extends Pick<CatalogEvent, 'action' | 'event' | 'category' | 'description' | 'fields'> {
  /** Null for what no pack declares. */
  readonly pack: string | null
  readonly state: EventState
  readonly seen: Seen
}

/** The packs and the declared events of an account. */
export const catalogQuery = (account: string) =>
  queryOptions({
    queryKey: ['catalog', account],
    queryFn: async () =>
      bodyOf(await api.GET('/v1/accounts/{account}/catalog', { params: { path: { account } } })),
    staleTime: 60_000,
  })

/** How often each action was recorded in the last 30 days: one request for the counts and for the days. */
export const seenQuery = (account: string, zone: string) =>
  queryOptions({
    queryKey: ['seen', account, zone],
    queryFn: async ({ signal }) => {
      const body = {
        range: 'last_30_days',
        tz: zone,
        interval: 'day',
        split_by: 'action',
      } as const
      const params = { path: { account } }
      return seenOf(
        bodyOf(await api.POST('/v1/accounts/{account}/events/histogram', { params, body, signal })),
      )
    },
    staleTime: 60_000,
  })

/** The newest event with this action; null when there is none. */
export const newestQuery = (account: string, action: string) =>
  queryOptions({
    queryKey: ['newest', account, action],
    queryFn: async ({ signal }) => {
      const answer = await api.POST('/v1/accounts/{account}/events/search', {
        params: { path: { account } },
        body: {
          range: 'all_time',
          refine: [{ column: 'action', op: 'eq', value: action }],
          limit: 1,
        },
        signal,
      })
      return bodyOf(answer).events[0] ?? null
    },
    staleTime: 60_000,
  })

/** Counts by action from a histogram that was split by it. */
export function seenOf({ buckets }: Pick<Histogram, 'buckets'>): ReadonlyMap<string, Seen> {
  const days = new Map<string, number[]>()
  for (const [day, { by = {} }] of buckets.entries()) {
    for (const [action, count] of Object.entries(by)) {
      const counted = days.get(action) ?? new Array<number>(buckets.length).fill(0)
      counted[day] = count
      days.set(action, counted)
    }
  }
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
  return new Map(
    [...days].map(([action, counts]) => [action, { count: total(counts), days: counts }]),
  )
}

const NEVER: Seen = { count: 0, days: [] }

/** The catalogue and what is recorded beside it, by category, then by event. */
export function rowsOf(catalog: Catalog, seen: ReadonlyMap<string, Seen>): readonly CatalogRow[] {
  const known = new Set(catalog.events.map(({ action }) => action))
  const declared = catalog.events.map((event): CatalogRow => {
    const found = seen.get(event.action) ?? NEVER
    const state = found.count > 0 ? 'declared' : 'silent'
    return { ...event, seen: found, state: event.state === 'deprecated' ? 'deprecated' : state }
  })
  const others = [...seen]
    .filter(([action]) => !known.has(action))
    .map(([action, found]) => undeclaredRow(action, found))
  const compare = new Intl.Collator('en').compare
  return [...declared, ...others].sort(
    (a, b) => compare(a.category, b.category) || compare(a.event, b.event),
  )
}

/** An event that nobody declared, with the labels that the server derives from its action. */
export function undeclaredRow(action: string, seen: Seen = NEVER): CatalogRow {
  const label = (text: string) => {
    const words = text.replace(/[._]/g, ' ')
    return words.charAt(0).toUpperCase() + words.slice(1)
  }
  return {
    action,
    event: label(action),
    category: label(action.split('.')[0] ?? action),
    description: '',
    fields: [],
    pack: null,
    state: 'undeclared',
    seen,
  }
}
