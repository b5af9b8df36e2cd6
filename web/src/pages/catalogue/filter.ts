import type { CatalogRow, EventState } from '@/api/catalogue'
import type { RawSearch } from '@/shell/search_params'

/** What of the catalogue is shown; empty texts show everything. */
export interface CatalogFilter {
  readonly q: string
  readonly pack: string
  readonly category: string
  readonly state: EventState | ''
}

const STATES: readonly string[] = ['declared', 'silent', 'undeclared', 'deprecated']

/** Reads the filter from a URL; what is not understood shows everything. */
export function readFilter(raw: RawSearch): CatalogFilter {
  const text = (name: string) => (typeof raw[name] === 'string' ? raw[name] : '')
  const state = text('state')
  return {
    q: text('q'),
    pack: text('pack'),
    category: text('category'),
    state: STATES.includes(state) ? (state as EventState) : '',
  }
}

/** Writes what {@link readFilter} reads. */
export function writeFilter(filter: CatalogFilter): RawSearch {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}

/** Whether a row is shown: every word of `q` stands somewhere in it, and the rest is equal. */
export function isShown(row: CatalogRow, filter: CatalogFilter): boolean {
  const labels = row.fields.map(({ label }) => label)
  const text = [row.action, row.event, row.category, row.description, ...labels]
  const all = text.join('\n').toLowerCase()
  const words = filter.q.toLowerCase().split(/\s+/)
  return (
    words.every((word) => all.includes(word)) &&
    (filter.pack === '' || row.pack === filter.pack) &&
    (filter.category === '' || row.category === filter.category) &&
    (filter.state === '' || row.state === filter.state)
  )
}
