import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** How the catalogue and what is recorded differ. */
export type Coverage = components['schemas']['CatalogCoverage']

/** What is declared and never came, what came undeclared, and what fell silent. */
export const coverageQuery = (account: string) =>
  queryOptions({
    queryKey: ['coverage', account],
    queryFn: async ({ signal }) => {
      const params = { path: { account } }
      return bodyOf(await api.GET('/v1/accounts/{account}/catalog/coverage', { params, signal }))
    },
    staleTime: 60_000,
  })
