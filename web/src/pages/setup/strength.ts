/** The server's rule: at least so many characters, at most so many bytes, and no other. */
export const PASSWORD_CHARACTERS = 12
const PASSWORD_BYTES = 256

/** How hard a password is to guess, roughly: a hint, never a rule. */
export type Strength = 'weak' | 'fair' | 'strong'

/** What breaks the rule; null when nothing does. */
export function passwordProblem(password: string): 'missing' | 'short' | 'long' | null {
  if (password === '') return 'missing'
  if ([...password].length < PASSWORD_CHARACTERS) return 'short'
  return new TextEncoder().encode(password).length > PASSWORD_BYTES ? 'long' : null
}

/** Counts what a guesser cannot foresee: repetitions, rows of keys and the person's own words do not count. */
export function strengthOf(password: string, known: readonly string[]): Strength {
  let left = password.toLowerCase()
  for (const word of known.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))) {
    if (word.length > 2) left = left.replaceAll(word, '')
  }
  left = left.replace(/password|passwort|letmein|welcome|qwert[yz]?(uiop)?|asdf(gh)?(jkl)?/g, '')
  const surprises = [...left].filter((letter, at, all) => {
    const step = at === 0 ? Number.NaN : code(letter) - code(all[at - 1] ?? '')
    return !(step === 0 || step === 1 || step === -1)
  })
  const bits = surprises.length * Math.log2(Math.max(2, alphabet(password)))
  const isPoor = new Set(surprises).size < 6
  if (isPoor || bits < 48) return 'weak'
  return bits < 80 ? 'fair' : 'strong'
}

const code = (letter: string) => letter.codePointAt(0) ?? 0

/** Of how many letters the password seems to choose. */
function alphabet(password: string): number {
  const kinds = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 20],
  ] as const
  return kinds.reduce((sum, [pattern, size]) => sum + (pattern.test(password) ? size : 0), 0)
}
