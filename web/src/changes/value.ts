/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is an object of JSON, and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const FINGERPRINT = /^secret:[0-9a-f]{16}$/
const MASK = /^(\*{3,}|•{3,}|\[?(redacted|hidden|masked|filtered)\]?)$/i

/** Whether a value was taken out before it was kept: by the firewall of the server, or by the product itself. */
export function isHidden(value: unknown): boolean {
  return typeof value === 'string' && (FINGERPRINT.test(value) || MASK.test(value))
}

/** Whether two hidden values can be told apart: fingerprints of equal values are equal, masks of all values are. */
export function isComparable(value: unknown): boolean {
  return typeof value === 'string' && FINGERPRINT.test(value)
}

/** A text that is equal for equal values: members in the order of their names. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined'
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
  return `{${members.join(',')}}`
}

/** Whether two values of JSON are equal. */
export function isEqual(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other)
}

/** How many values that have no members stand in a value; an empty object or list counts as one. */
export function leavesOf(value: unknown): number {
  if (!isObject(value)) return 1
  const members = Object.values(value)
  return members.length === 0 ? 1 : members.reduce<number>((sum, one) => sum + leavesOf(one), 0)
}

/** Members that name an object of a list. */
const NAMING = ['id', 'key', 'uuid', 'name', 'path'] as const

/** The text that names each object of two lists, by the first member that all of them have and that is unique. */
export function namingOf(
  one: readonly unknown[],
  other: readonly unknown[],
): ((value: unknown) => string) | null {
  const all = [...one, ...other]
  if (all.length === 0 || !all.every(isObject)) return null
  for (const member of NAMING) {
    const name = (value: unknown) => (isObject(value) ? canonical(value[member]) : '')
    const has = (value: unknown) =>
      isObject(value) && (typeof value[member] === 'string' || typeof value[member] === 'number')
    const isUnique = (list: readonly unknown[]) => new Set(list.map(name)).size === list.length
    if (all.every(has) && isUnique(one) && isUnique(other)) return name
  }
  return null
}

/** What an object is called, as far as it says: `Lily Ari (usr_1)`, `usr_1`; null when it has neither name nor id. */
export function headOf(value: unknown): string | null {
  if (!isObject(value)) return null
  const [name, id] = [wordOf(value.name), wordOf(value.id) ?? wordOf(value.key)]
  if (name === null || id === null) return name ?? id
  return `${name} (${id})`
}

function wordOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** An object in one line: `usr_2 · role: read`. */
export function lineOf(value: JsonObject): string {
  const head = headOf(value)
  const isTold = (key: string) =>
    key === 'name' || key === 'id' || (key === 'key' && !('id' in value))
  const members = Object.entries(value)
    .filter(([key, one]) => head === null || !isTold(key) || typeof one === 'object')
    .map(([key, one]) => `${key}: ${typeof one === 'string' ? one : JSON.stringify(one)}`)
  return [...(head === null ? [] : [head]), members.join(', ')]
    .filter((one) => one !== '')
    .join(' · ')
}
