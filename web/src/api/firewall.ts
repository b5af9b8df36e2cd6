import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'

/** How many secrets were removed from the events of an account, by rule. */
export const firewallQuery = (account: string) =>
  queryOptions({
    queryKey: ['firewall', account],
    queryFn: async ({ signal }) =>
      bodyOf(
        await api.GET('/v1/accounts/{account}/firewall', { params: { path: { account } }, signal }),
      ),
    staleTime: 60_000,
  })
