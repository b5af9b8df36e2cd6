import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** An event as it is answered; `hidden` names the parts that were erased or that this person may not see. */
export type EventDetails = components['schemas']['Event'] & {
  readonly hidden?: Readonly<Record<string, string>>
}

/** One event, all parts that the person may see. It never changes but by redaction. */
export const eventQuery = (account: string, event: string) =>
  queryOptions({
    queryKey: ['event', account, event],
    queryFn: async ({ signal }): Promise<EventDetails> =>
      bodyOf(
        await api.GET('/v1/accounts/{account}/events/{event}', {
          params: { path: { account, event } },
          signal,
        }),
      ),
    staleTime: 60_000,
  })
