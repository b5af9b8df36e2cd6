import type { APIRequestContext, Page } from '@playwright/test'
import { Log } from './log'
import { pick, sequence } from './seed/filler'
import type { Server } from './server'
import { expect, test } from './test'

const QUERIES = 200
/** Every so many of them are read off the screen, too. */
const SHOWN_EVERY = 10
const FACETS = ['category', 'event', 'user', 'result', 'source'] as const
const OPERATORS = ['eq', 'ne', 'in', 'nin'] as const

interface Criterion {
  readonly column: string
  readonly op: string
  readonly value?: unknown
}

interface Query {
  readonly from?: string
  readonly to: string
  readonly filter?: { readonly match: string; readonly criteria: readonly Criterion[] }
  readonly refine?: readonly Criterion[]
  readonly q?: string
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  category: ['Roles', 'Models', 'Data', 'Login/Logout', 'Inboxes', 'Billing', 'Nothing'],
  event: ['Data read', 'Role created', 'Login', 'Model deployed', 'Inbox created'],
  user: ['Lily Ari', 'usr_2', 'ANA@acme.example', 'System', 'john@example.com'],
  action: ['data.read', 'user.login', 'role.change', 'inbox.update'],
  result: ['success', 'failure', 'denied', 'error'],
  source: ['ui', 'api', 'cli', 'mobile'],
  target_type: ['record', 'agent', 'inbox', 'model'],
  verb: ['create', 'update', 'delete', 'read', 'other'],
}
const WORDS = [
  'work',
  'deployed',
  '"Created the role"',
  'globex',
  'user:usr_1',
  '-result:success',
  'inbox',
]
const WORDLESS = [
  { column: 'ip', op: 'in_network', value: '203.0.113.0/24' },
  { column: 'source', op: 'not_exists' },
  { column: 'description', op: 'contains', value: 'ordinary' },
  { column: 'event', op: 'starts_with', value: 'mod' },
  { column: 'metadata.model_id', op: 'exists' },
  { column: 'first_seen', op: 'eq', value: 'action' },
  { column: 'weekday', op: 'in', value: ['mon', 'sat'] },
]

/** A question that looks random and is the same in every run. */
function question(number: number, startedAt: number): Query {
  const random = sequence(number * 7919 + 13)
  const criterion = (): Criterion => {
    if (random() < 0.2) return pick(WORDLESS, random())
    const [column, values] = pick(Object.entries(VALUES), random())
    const op = pick(OPERATORS, random())
    const one = pick(values, random())
    const value = op === 'in' || op === 'nin' ? [one, pick(values, random())] : one
    return { column, op, value }
  }
  const some = (most: number) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, criterion)
  const criteria = some(3)
  const refine = some(2)
  const days = pick([1, 7, 30, 90, 3_000], random())
  return {
    from: new Date(startedAt - days * 86_400_000).toISOString(),
    to: new Date(startedAt).toISOString(),
    ...(criteria.length > 0 && { filter: { match: pick(['all', 'any'], random()), criteria } }),
    ...(refine.length > 0 && { refine }),
    ...(random() < 0.4 && { q: pick(WORDS, random()) }),
  }
}

/** The API as the signed-in person of the browser asks it. */
class Api {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly csrf: string,
  ) {}

  static async of(request: APIRequestContext): Promise<Api> {
    const session = await (await request.get('/v1/session')).json()
    return new Api(request, session.csrf)
  }

  async post<T>(path: string, data: object): Promise<T> {
    const headers = { 'X-Annals-CSRF': this.csrf, 'Sec-Fetch-Site': 'same-origin' }
    const answer = await this.request.post(`/v1/accounts/acme/events/${path}`, { data, headers })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
    return answer.json()
  }

  async count(query: Query): Promise<number> {
    const asked = { ...query, count: true, limit: 1 }
    return (await this.post<{ count: number }>('search', asked)).count
  }

  /** Every count that the dashboard could show for a question, each with its name. */
  async counts(query: Query): Promise<Readonly<Record<string, number>>> {
    const buckets = this.post<{ buckets: { count: number; by?: Record<string, number> }[] }>(
      'histogram',
      { ...query, buckets: 60, split_by: 'result' },
    )
    const facets = this.post<{
      facets: Record<string, { values: { count: number }[]; other: number }>
    }>('facets', { ...query, columns: FACETS, size: 3 })
    const missing = FACETS.map(async (column) => {
      const refine = [...(query.refine ?? []), { column, op: 'not_exists' }]
      return [column, await this.count({ ...query, refine })] as const
    })
    const without = new Map(await Promise.all(missing))
    const found: Record<string, number> = {
      list: await this.count(query),
      histogram: sum((await buckets).buckets.map(({ count }) => count)),
      'histogram by result': sum(
        (await buckets).buckets.flatMap(({ by }) => Object.values(by ?? {})),
      ),
    }
    for (const [column, { values, other }] of Object.entries((await facets).facets)) {
      found[`facet ${column}`] =
        sum(values.map(({ count }) => count)) + other + (without.get(column as 'user') ?? 0)
    }
    return found
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

/** How many lines the stream of the whole result has before the line that ends it. */
async function streamed(request: APIRequestContext, query: Query): Promise<number> {
  const { filter, refine, ...rest } = query
  const params = new URLSearchParams({ ...rest })
  if (filter !== undefined) params.set('filter', JSON.stringify(filter))
  if (refine !== undefined) params.set('refine', JSON.stringify(refine))
  const answer = await request.get(`/v1/accounts/acme/events?${params}`, {
    headers: { Accept: 'application/x-ndjson' },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  const lines = (await answer.text()).trim().split('\n')
  const end = JSON.parse(lines.at(-1) ?? '{}') as { end: { count: number } }
  expect(end.end.count).toBe(lines.length - 1)
  return lines.length - 1
}

/** A question as the URL of the list says it. */
function urlOf(query: Query): Record<string, string | string[]> {
  const text = ({ column, op, value }: Criterion) => {
    const one = (part: unknown) => String(part).replaceAll('\\', '\\\\').replaceAll(',', '\\,')
    if (value === undefined) return `${column}:${op}`
    return `${column}:${op}:${Array.isArray(value) ? value.map(one).join(',') : String(value)}`
  }
  return {
    t: `${query.from}..${query.to}`,
    ...(query.filter && { f: query.filter.criteria.map(text), m: query.filter.match }),
    ...(query.refine && { r: query.refine.map(text) }),
    ...(query.q && { q: query.q }),
  }
}

/** The counts that stand on the screen. */
async function onScreen(page: Page, query: Query): Promise<{ list: number; chart: number }> {
  const log = new Log(page)
  await log.open(urlOf(query))
  await expect(page.getByText('could not be read')).toHaveCount(0)
  const list = (await log.head.isVisible()) ? await log.count() : 0
  const toggle = page.getByRole('button', { name: 'Show as table' })
  if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click()
  const table = page.getByRole('region', { name: 'Events over time as a table' })
  await expect(table).toBeVisible()
  const cells = await table.getByRole('row').getByRole('cell').allTextContents()
  const counts = cells
    .filter((_, at) => at % 2 === 0)
    .map((text) => Number(text.replaceAll(',', '')))
  return { list, chart: sum(counts) }
}

const PARTS = 4

for (let part = 0; part < PARTS; part += 1) {
  test(`12, 16, 17, 24: truth: all counts of a question agree (${part + 1} of ${PARTS})`, async ({
    page,
    server,
    context,
  }) => {
    test.setTimeout(120_000)
    const api = await Api.of(context.request)
    let found = 0
    for (let number = part; number < QUERIES; number += PARTS) {
      const query = question(number, server.startedAt)
      const said = JSON.stringify(query)
      const counts: Record<string, number> = {
        ...(await api.counts(query)),
        stream: await streamed(context.request, query),
        'as the key asks': await countAsKey(server, query),
      }
      expect(counts, said).toEqual(sameEverywhere(counts, counts.list ?? -1))
      found += Math.min(counts.list ?? 0, 1)
      if (number % SHOWN_EVERY !== part) continue
      expect(await onScreen(page, query), said).toEqual({ list: counts.list, chart: counts.list })
    }
    // A generator that asks only for nothing would prove nothing.
    expect(found).toBeGreaterThan(QUERIES / PARTS / 3)
  })
}

async function countAsKey(server: Server, query: Query): Promise<number> {
  const asked = { ...query, count: true, limit: 1 }
  const path = '/v1/accounts/acme/events/search'
  return (await server.api<{ count: number }>('POST', path, asked)).count
}

function sameEverywhere(counts: Record<string, number>, count: number): Record<string, number> {
  return Object.fromEntries(Object.keys(counts).map((name) => [name, count]))
}
