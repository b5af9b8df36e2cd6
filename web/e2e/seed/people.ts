/** People of the seeded account, as they stand in events. */
export interface Person {
  readonly type: 'user'
  readonly id: string
  readonly name: string
  readonly email: string
}

function person(number: number, name: string): Person {
  const email = `${name.split(' ')[0]?.toLowerCase()}@acme.example`
  return { type: 'user', id: `usr_${number}`, name, email }
}

export const LILY = person(1, 'Lily Ari')
export const OMAR = person(2, 'Omar Haddad')
export const ANA = person(3, 'Ana Souza')
/** The colleague whose role Omar changed last week. */
export const NINA = person(4, 'Nina Petrova')
export const TOM = person(5, 'Tom Becker')

export const PEOPLE: readonly Person[] = [LILY, OMAR, ANA, NINA, TOM]

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** The instant so many days and minutes before another, RFC 3339. */
export function before(now: number, days: number, minutes = 0): string {
  return new Date(now - days * DAY_MS - minutes * MINUTE_MS).toISOString()
}
