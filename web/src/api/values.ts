import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'

/** The values that exist in a column, most frequent first. */
export const valuesQuery = (account: string, column: string, prefix: string) =>
  queryOptions({
    queryKey: ['values', account, column, prefix],
    queryFn: async () => {
      const query = prefix === '' ? { column } : { column, prefix }
      return bodyOf(
        await api.GET('/v1/accounts/{account}/values', { params: { path: { account }, query } }),
      )
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** People and other actors whose names begin so. */
export const valuesOfUser = (account: string, prefix: string) =>
  valuesQuery(account, 'user', prefix)
