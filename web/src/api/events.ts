import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Search } from '@/filter/search'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** An event as it is answered. */
export type Event = components['schemas']['Event']
/** A page of events. */
export type EventPage = components['schemas']['EventPage']
/** A bar of the chart. */
export type Bucket = components['schemas']['Bucket']
/** A value with its count. */
export type ValueCount = components['schemas']['ValueCount']

/** So many events are asked for at once. */
export const PAGE = 100

/** One page, with the exact total when it is the first. */
export async function searchEvents(
  account: string,
  search: Search,
  order: 'desc' | 'asc',
  cursor: string | null,
  signal?: AbortSignal,
): Promise<EventPage> {
  const paged = { ...search, order, limit: PAGE, count: cursor === null }
  const body = cursor === null ? paged : { ...paged, cursor }
  const answer = await api.POST('/v1/accounts/{account}/events/search', {
    params: { path: { account } },
    body,
    signal: signal ?? null,
  })
  return bodyOf(answer)
}

/** The list: pages of one snapshot, each going on where the one before ended. */
export const eventPagesQuery = (account: string, search: Search, order: 'desc' | 'asc') =>
  infiniteQueryOptions({
    queryKey: ['events', account, search, order],
    queryFn: ({ pageParam, signal }) => searchEvents(account, search, order, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
  })

/** The exact number of events that match. */
export const countQuery = (account: string, search: Search) =>
  queryOptions({
    queryKey: ['count', account, search],
    queryFn: async ({ signal }) => {
      const body = { ...search, limit: 1, count: true }
      const params = { path: { account } }
      const answer = await api.POST('/v1/accounts/{account}/events/search', {
        params,
        body,
        signal,
      })
      return bodyOf(answer).count ?? 0
    },
  })

/** Where *All Time* begins: when the account was made, or with its oldest event. */
export const sinceQuery = (account: string) =>
  queryOptions({
    queryKey: ['since', account],
    queryFn: async ({ signal }) => {
      const body = { range: 'all_time', limit: 1 }
      const params = { path: { account } }
      const answer = await api.POST('/v1/accounts/{account}/events/search', {
        params,
        body,
        signal,
      })
      return bodyOf(answer).range.from ?? null
    },
    staleTime: 300_000,
  })

/** The chart: at most 60 bars over the whole range, split by result. */
export const histogramQuery = (account: string, search: Search) =>
  queryOptions({
    queryKey: ['histogram', account, search],
    queryFn: async ({ signal }) => {
      const body = { ...search, buckets: 60, split_by: 'result' }
      const params = { path: { account } }
      return bodyOf(
        await api.POST('/v1/accounts/{account}/events/histogram', { params, body, signal }),
      )
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** The most frequent values of columns, with exact counts. */
export const facetsQuery = (
  account: string,
  search: Search,
  columns: readonly string[],
  size: number,
) =>
  queryOptions({
    queryKey: ['facets', account, search, columns, size],
    queryFn: async ({ signal }) => {
      const body = { ...search, columns: [...columns], size }
      const params = { path: { account } }
      return bodyOf(
        await api.POST('/v1/accounts/{account}/events/facets', { params, body, signal }),
      )
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
