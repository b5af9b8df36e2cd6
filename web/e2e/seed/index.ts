import { ACME, QUIET, Server, ZETA } from '../server'
import { fillerEvents, zetaEvents } from './filler'
import { galeEvents } from './gale'
import { storyEvents } from './stories'

/** A server with three accounts: one with everything, one that must never mix with it, one without events. */
export async function seededServer(): Promise<Server> {
  const server = await Server.start([ACME, ZETA, QUIET])
  try {
    const now = server.startedAt
    const acme = [...galeEvents(now), ...storyEvents(now), ...fillerEvents(now)]
    // In the order of time, so that what comes first is what is marked as first.
    acme.sort((one, other) => String(one.occurred_at).localeCompare(String(other.occurred_at)))
    await server.record(ACME.id, acme)
    await server.record(ZETA.id, zetaEvents(now))
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}
