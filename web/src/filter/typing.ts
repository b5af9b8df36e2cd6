/**
 * Whether a search is still being typed: a quote is open, a column waits for its value, or an exclusion for its
 * column. The server would refuse it.
 */
export function isUnfinished(text: string): boolean {
  const quotes = text.split('"').length - 1
  if (quotes % 2 === 1) return true
  const last = text.split(/\s/).at(-1) ?? ''
  return last.endsWith(':') || /^-[^:]*$/.test(last)
}
