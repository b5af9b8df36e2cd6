/** Whether a search is still being typed: a column waits for its value, or an exclusion for its column. */
export function isUnfinished(text: string): boolean {
  const last = text.split(/\s/).at(-1) ?? ''
  return last.endsWith(':') || /^-[^:]*$/.test(last)
}
