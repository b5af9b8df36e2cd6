/** The rule of the contract for ids of accounts. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/
const RESERVED = 'annals'
const LONGEST = 40

/** An id made from a name: `Acme Robotics GmbH` becomes `acme-robotics-gmbh`; empty when nothing is left. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase()
  const words = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return words.slice(0, LONGEST).replace(/-+$/, '')
}

/** What is wrong with an id; null when nothing is. */
export function idProblem(id: string): 'missing' | 'rule' | 'reserved' | null {
  if (id === '') return 'missing'
  if (!ID.test(id)) return 'rule'
  return id.toLowerCase() === RESERVED ? 'reserved' : null
}
