import type { EventPage } from '@/api/events'
import type { Range } from '@/time/civil'

/** The range that the server resolved, in the shown zone. */
export function civilRange(
  { from, to }: Pick<EventPage['range'], 'from' | 'to'>,
  zone: string,
): Range {
  return { from: civil(from, zone), to: civil(to, zone) }
}

function civil(instant: string | null | undefined, zone: string): Temporal.ZonedDateTime | null {
  return instant ? Temporal.Instant.from(instant).toZonedDateTimeISO(zone) : null
}
