import { dateOf, endOfDay } from '@/time/civil'

/** How long a new key works: so many days, for good, or to the end of a date. */
export const LIFETIMES = ['never', '30', '90', '365', 'date'] as const

/** One of {@link LIFETIMES}. */
export type Lifetime = (typeof LIFETIMES)[number]

/**
 * When a key stops working: null for never, undefined when the typed date (`2026-11-21`) is none or has passed.
 * Dates end in the shown zone.
 */
export function expiryOf(
  lifetime: Lifetime,
  date: string,
  zone: string,
  now: Temporal.Instant,
): string | null | undefined {
  if (lifetime === 'never') return null
  if (lifetime !== 'date') return now.add({ hours: 24 * Number(lifetime) }).toString()
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  const day = found === null ? null : dateOf(Number(found[1]), Number(found[2]), Number(found[3]))
  if (day === null) return undefined
  const end = endOfDay(day, zone).toInstant()
  return Temporal.Instant.compare(end, now) > 0 ? end.toString() : undefined
}
