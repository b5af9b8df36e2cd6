import type { Permission } from '@/api/keys'
import type { HiddenFacet } from '@/parts/HiddenFacets'

/** What counts of a role when it is compared. */
export interface Rights {
  readonly permissions: readonly Permission[]
  readonly hide: readonly HiddenFacet[]
}

/** What somebody gains and loses with another role. */
export interface Difference {
  readonly gained: readonly Permission[]
  readonly lost: readonly Permission[]
  /** Parts of events that will be hidden. */
  readonly hidden: readonly HiddenFacet[]
  /** Parts of events that will be seen. */
  readonly shown: readonly HiddenFacet[]
}

/** Compares two roles; the order is that of the lists. */
export function differenceOf(before: Rights, after: Rights): Difference {
  const [sawBefore, seesAfter] = [reads(before), reads(after)]
  return {
    gained: without(after.permissions, before.permissions),
    lost: without(before.permissions, after.permissions),
    // Where nothing is read, nothing is hidden or shown.
    hidden: sawBefore && seesAfter ? without(after.hide, before.hide) : [],
    shown: sawBefore && seesAfter ? without(before.hide, after.hide) : [],
  }
}

/** Whether a difference says nothing. */
export function isSame({ gained, lost, hidden, shown }: Difference): boolean {
  return gained.length + lost.length + hidden.length + shown.length === 0
}

const reads = ({ permissions }: Rights) => permissions.includes('audit:read')

function without<T>(all: readonly T[], some: readonly T[]): readonly T[] {
  return all.filter((one) => !some.includes(one))
}
