import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** A target that events mention, with its newest name. */
export type Resource = components['schemas']['Resource']

type ResourcePage = components['schemas']['ResourcePage']

/** The types of targets that an account has seen, with their plurals. */
export const resourceTypesQuery = (account: string) =>
  queryOptions({
    queryKey: ['resource-types', account],
    queryFn: async () =>
      bodyOf(await api.GET('/v1/accounts/{account}/resources', { params: { path: { account } } })),
    staleTime: 60_000,
  })

const PAGE = 100

async function pageOf(
  account: string,
  type: string,
  query: { prefix?: string; cursor?: string },
  signal: AbortSignal,
): Promise<ResourcePage> {
  const params = { path: { account, type }, query: { ...query, limit: PAGE } }
  return bodyOf(await api.GET('/v1/accounts/{account}/resources/{type}', { params, signal }))
}

/** The resources of a type whose id or name begins with a text, in the order of their ids. */
export const resourcePagesQuery = (account: string, type: string, prefix: string) =>
  infiniteQueryOptions({
    queryKey: ['resources', account, type, prefix],
    queryFn: ({ pageParam, signal }) =>
      pageOf(
        account,
        type,
        { ...(prefix !== '' && { prefix }), ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** So many pages of resources whose ids or names begin with an id are looked through for it. */
const MAX_PAGES = 50

/** One resource by its id; null when no event is about it. */
export const resourceQuery = (account: string, type: string, id: string) =>
  queryOptions({
    queryKey: ['resource', account, type, id],
    queryFn: async ({ signal }): Promise<Resource | null> => {
      let cursor: string | null | undefined
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const query = { prefix: id, ...(cursor != null && { cursor }) }
        const found = await pageOf(account, type, query, signal)
        const resource = found.resources.find((one) => one.id === id)
        if (resource !== undefined) return resource
        cursor = found.next_cursor
        if (cursor == null) return null
      }
      return null
    },
    staleTime: 30_000,
  })
