import { api, bodyOf } from './client'
import type { components } from './schema'

/** What is sent to create an account. */
export type NewAccount = components['schemas']['NewAccount']

type Event = components['schemas']['Event']

/** The account in which the instance keeps its own log. */
export const INSTANCE_ACCOUNT = 'annals'

/** What Annals writes about itself is told apart by its producer. */
const OWN_PRODUCER = 'annals'

/** The server holds a request so many seconds when nothing comes. */
const WAIT_S = 20

/** Creates an account; the person becomes its owner. */
export async function createAccount(account: NewAccount): Promise<void> {
  await api.POST('/v1/accounts', { body: account })
}

/** Whether the event was sent by a program, and is not a note of Annals about itself. */
export function isFromOutside(event: Pick<Event, 'producer'>): boolean {
  return event.producer?.name !== OWN_PRODUCER
}

/** Follows the log from its beginning until a program's event comes, for as long as it takes. */
export async function firstEvent(account: string, signal: AbortSignal): Promise<Event> {
  let after: string | undefined
  for (;;) {
    const query = { wait_s: WAIT_S, ...(after !== undefined && { after }) }
    const params = { path: { account }, query }
    const page = bodyOf(await api.GET('/v1/accounts/{account}/events/tail', { params, signal }))
    const found = page.events.find(isFromOutside)
    if (found !== undefined) return found
    after = page.next_cursor
  }
}
