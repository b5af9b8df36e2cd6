/** The entries that were typed, one per line or between commas; each once. */
export function linesOf(text: string): string[] {
  const entries = text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  return [...new Set(entries)]
}

/** Entries as they are typed: one per line. */
export function textOf(entries: readonly string[]): string {
  return entries.join('\n')
}
