import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** A named question: ready-made, shared, or one's own. */
export type View = components['schemas']['View']

/** The views that a person sees in an account: the ready-made ones first. */
export const viewsQuery = (account: string) =>
  queryOptions({
    queryKey: ['views', account],
    queryFn: async () =>
      bodyOf(await api.GET('/v1/accounts/{account}/views', { params: { path: { account } } })),
    staleTime: 60_000,
  })
