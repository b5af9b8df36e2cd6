import { diffWordsWithSpace } from 'diff'

/** A piece of a text that stands on both sides, or on one. */
export interface Part {
  readonly text: string
  readonly side: 'both' | 'before' | 'after'
}

/** From this length on, a text is compared word by word. */
const LONG = 40

/** Below this share of common letters, two texts are shown whole: a word diff of them would be a mosaic. */
const COMMON = 0.3

/** The words that differ between two long texts; null when they are short or have too little in common. */
export function wordsBetween(before: string, after: string): readonly Part[] | null {
  if (Math.max(before.length, after.length) < LONG) return null
  if (before.trim() === '' || after.trim() === '') return null
  const found = diffWordsWithSpace(before, after, { maxEditLength: 2000 })
  if (found === undefined) return null
  const parts: Part[] = found.map(({ value, added, removed }) => ({
    text: value,
    side: added ? 'after' : removed ? 'before' : 'both',
  }))
  const common = parts.reduce((sum, { text, side }) => sum + (side === 'both' ? text.length : 0), 0)
  return common >= COMMON * Math.min(before.length, after.length) ? parts : null
}
