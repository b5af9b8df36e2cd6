import { canonical, headOf, isEqual, isHidden, namingOf } from './value'

/** An element of a list, and what became of it. */
export interface Item {
  readonly value: unknown
  readonly mark: 'kept' | 'removed' | 'added'
  readonly hidden: boolean
}

/** An object that is in both lists under one name, with other members. */
export interface Altered {
  /** The member by which it was found in both. */
  readonly key: string
  /** What people call it. */
  readonly name: string
  readonly old: unknown
  readonly new: unknown
}

/** What happened between two lists. */
export interface ListDiff {
  readonly before: readonly Item[]
  readonly after: readonly Item[]
  readonly altered: readonly Altered[]
  /** Whether elements that were kept stand in another order. */
  readonly moved: boolean
}

/** Compares two lists by element: objects by what names them, everything else as a whole. */
export function diffLists(one: readonly unknown[], other: readonly unknown[]): ListDiff {
  const naming = namingOf(one, other) ?? canonical
  const left = countsOf(other.map(naming))
  const right = countsOf(one.map(naming))
  const before = one.map((value) => itemOf(value, take(left, naming(value)) ? 'kept' : 'removed'))
  const after = other.map((value) => itemOf(value, take(right, naming(value)) ? 'kept' : 'added'))
  const kept = (items: readonly Item[]) =>
    items.filter(({ mark }) => mark === 'kept').map(({ value }) => value)
  const [keptBefore, keptAfter] = [kept(before), kept(after)]
  const moved = keptBefore.some((value, at) => naming(value) !== naming(keptAfter[at]))
  const altered = naming === canonical ? [] : alteredOf(keptBefore, keptAfter, naming)
  return { before, after, altered, moved }
}

function itemOf(value: unknown, mark: Item['mark']): Item {
  return { value, mark, hidden: isHidden(value) }
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function take(counts: Map<string, number>, name: string): boolean {
  const left = counts.get(name) ?? 0
  if (left > 0) counts.set(name, left - 1)
  return left > 0
}

function alteredOf(
  one: readonly unknown[],
  other: readonly unknown[],
  naming: (value: unknown) => string,
): Altered[] {
  const byName = new Map(other.map((value) => [naming(value), value]))
  return one.flatMap((old) => {
    const name = naming(old)
    const next = byName.get(name)
    if (isEqual(old, next)) return []
    const key = String(JSON.parse(name))
    return [{ key, name: headOf(next) ?? key, old, new: next }]
  })
}
