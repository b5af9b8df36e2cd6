import type { Say } from './format'

/** What relative times and durations are called in the messages. */
export type ElapsedKey =
  | 'relative.now'
  | `relative.${'ago' | 'ahead'}`
  | `duration.${'seconds' | 'minutes' | 'hours' | 'days' | 'years'}`

const STEPS = [
  ['years', 365 * 86_400],
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
] as const

/** How long ago (or ahead) an instant is, in its largest unit: `3 min ago`, `in 2 days`, `just now`. */
export function relative(instant: string, now: Temporal.Instant, say: Say<ElapsedKey>): string {
  const seconds = secondsBetween(Temporal.Instant.from(instant), now)
  if (Math.abs(seconds) < 5) return say('relative.now')
  const time = largest(Math.abs(seconds), say)
  return say(seconds > 0 ? 'relative.ago' : 'relative.ahead', { time })
}

function secondsBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return (to.epochMilliseconds - from.epochMilliseconds) / 1000
}

function largest(seconds: number, say: Say<ElapsedKey>): string {
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? STEPS[4]
  return say(`duration.${unit}`, { count: Math.floor(seconds / size) })
}

/** A length of time in its two largest units: `1 h 20 min`, `2 days`, `45 s`; at least `0 s`. */
export function duration(seconds: number, say: Say<ElapsedKey>): string {
  const whole = Math.max(0, Math.floor(seconds))
  const first = STEPS.findIndex(([, size]) => whole >= size)
  if (first === -1) return say('duration.seconds', { count: 0 })
  const words: string[] = []
  let rest = whole
  for (const [unit, size] of STEPS.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    if (count > 0) words.push(say(`duration.${unit}`, { count }))
    rest -= count * size
  }
  return words.join(' ')
}
