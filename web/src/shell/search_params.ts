/** The parameters of a URL as they stand there; one that occurs twice is a list. */
export type RawSearch = Record<string, string | string[] | undefined>

/** Reads `?a=1&f=x&f=y`; what the browser cannot decode stays as it is. */
export function parseSearch(text: string): RawSearch {
  const found: RawSearch = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name]
    if (before === undefined) found[name] = value
    else found[name] = Array.isArray(before) ? [...before, value] : [before, value]
  }
  return found
}

/** Writes what {@link parseSearch} reads, and keeps `: / , . *` readable, which are allowed in a query. */
export function stringifySearch(search: RawSearch): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) {
      pairs.push(`${encode(name)}=${encode(one)}`)
    }
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/%(3A|2F|2C|40)/g, decodeURIComponent)
    .replace(/%20/g, '+')
}
