import { INITIAL } from '@/filter/state'
import { writeState } from '@/filter/url'

/** The parameters of a log over all time, with an event open or none. */
export function logSearch(event: string | null): never {
  return writeState({ ...INITIAL, time: { preset: 'all_time' }, event }) as never
}
