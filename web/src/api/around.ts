import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { EventDetails } from './event'
import type { components } from './schema'

type Criterion = components['schemas']['Criterion']

/** Which events stand around one: those of the same actor, of the same request or session, or all. */
export type Circle = 'user' | 'request' | 'all'

/** What lies near an event, in the order of time, the event itself among it. */
export interface Around {
  readonly events: readonly EventDetails[]
  /** Whether there are more events before the first, or after the last. */
  readonly more: { readonly before: boolean; readonly after: boolean }
}

/** How far around: so many minutes either side, and at most so many events. */
export const AROUND_MINUTES = 10
const EACH_SIDE = 25

/** The criteria of a circle, one of which an event must meet; null when the event says nothing to look for. */
export function circleOf(event: EventDetails, circle: Circle): readonly Criterion[] | null {
  if (circle === 'all') return []
  if (circle === 'user') return actorOf(event)
  const { request_id, session_id } = event.context ?? {}
  const found: Criterion[] = []
  if (request_id) found.push({ column: 'request_id', op: 'eq', value: request_id })
  if (session_id) found.push({ column: 'session_id', op: 'eq', value: session_id })
  return found.length === 0 ? null : found
}

function actorOf({ actor }: EventDetails): readonly Criterion[] | null {
  if (actor.id) return [{ column: 'actor_id', op: 'eq', value: actor.id }]
  if (actor.email) return [{ column: 'actor_email', op: 'eq', value: actor.email }]
  if (actor.type === 'system') return [{ column: 'actor_type', op: 'eq', value: 'system' }]
  return null
}

/** The nearest events, ten minutes either side. */
export const aroundQuery = (account: string, event: EventDetails, circle: Circle) => {
  const criteria = circleOf(event, circle)
  return queryOptions({
    queryKey: ['around', account, event.id, circle],
    enabled: criteria !== null,
    queryFn: async ({ signal }): Promise<Around> => {
      const at = Temporal.Instant.from(event.occurred_at)
      const span = { minutes: AROUND_MINUTES }
      const ask = async (from: Temporal.Instant, to: Temporal.Instant, order: 'asc' | 'desc') =>
        bodyOf(
          await api.POST('/v1/accounts/{account}/events/search', {
            params: { path: { account } },
            body: {
              from: from.toString(),
              to: to.toString(),
              order,
              limit: EACH_SIDE,
              ...(criteria !== null &&
                criteria.length > 0 && { filter: { match: 'any', criteria: [...criteria] } }),
            },
            signal,
          }),
        )
      // Ranges are half-open, so the two do not share an event.
      const [before, after] = await Promise.all([
        ask(at.subtract(span), at, 'desc'),
        ask(at, at.add(span).add({ nanoseconds: 1 }), 'asc'),
      ])
      const later = after.events.some(({ id }) => id === event.id)
        ? after.events
        : [event, ...after.events]
      return {
        events: [...before.events.toReversed(), ...later],
        more: { before: before.next_cursor != null, after: after.next_cursor != null },
      }
    },
  })
}
