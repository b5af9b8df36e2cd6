import type { Bucket } from '@/api/events'

/** One bar, in a drawing 0 to 100 wide per bar count and 0 to 1 high. */
export interface Bar {
  readonly from: string
  readonly to: string
  readonly count: number
  /** Failure, denied and error together. */
  readonly failed: number
  /** 0 to 1 of the highest bar; never invisible when there is something. */
  readonly height: number
  readonly failedHeight: number
}

const LEAST_HEIGHT = 0.04

/** The bars of a histogram that was split by result. */
export function barsOf(buckets: readonly Bucket[]): readonly Bar[] {
  const highest = Math.max(1, ...buckets.map(({ count }) => count))
  const share = (count: number) => (count === 0 ? 0 : Math.max(count / highest, LEAST_HEIGHT))
  return buckets.map(({ from, to, count, by }) => {
    const failed = count - (by?.success ?? 0)
    return {
      from,
      to,
      count,
      failed,
      height: share(count),
      failedHeight: Math.min(share(failed), share(count)),
    }
  })
}

/** A selection of bars by their indexes, both inclusive. */
export interface Selection {
  readonly anchor: number
  readonly head: number
}

/** The first and the last selected bar. */
export function ends({ anchor, head }: Selection): readonly [number, number] {
  return anchor <= head ? [anchor, head] : [head, anchor]
}

/** The selection after a key: arrows move, with Shift they select; null for other keys. */
export function movedSelection(
  at: Selection,
  key: string,
  shift: boolean,
  bars: number,
): Selection | null {
  const head = { ArrowLeft: at.head - 1, ArrowRight: at.head + 1, Home: 0, End: bars - 1 }[key]
  if (head === undefined) return null
  const inside = Math.min(Math.max(head, 0), bars - 1)
  return shift ? { anchor: at.anchor, head: inside } : { anchor: inside, head: inside }
}
