import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** A target that events mention, with its newest name. */
export type Resource = components['schemas']['Resource']

/** The types of targets that an account has seen, with their plurals. */
export const resourceTypesQuery = (account: string) =>
  queryOptions({
    queryKey: ['resource-types', account],
    queryFn: async () =>
      bodyOf(await api.GET('/v1/accounts/{account}/resources', { params: { path: { account } } })),
    staleTime: 60_000,
  })
