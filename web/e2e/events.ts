import type { Server } from './server'

/** What tests look at in an answered event. */
export interface Found {
  readonly id: string
  readonly action: string
  readonly event: string
  readonly category: string
  readonly occurred_at: string
  readonly actor: {
    readonly type?: string
    readonly id?: string
    readonly name?: string
    readonly email?: string
  }
  readonly outcome: { readonly result: string }
  readonly targets?: readonly { readonly type: string; readonly id: string }[]
  readonly context?: { readonly ip?: string; readonly source?: string }
}

interface Page {
  readonly events: readonly Found[]
  readonly next_cursor: string | null
}

/** Every seeded event of an account, newest first: what brute force compares with. */
export async function allSeeded(server: Server, account = 'acme'): Promise<Found[]> {
  const found: Found[] = []
  let cursor: string | null = null
  const search = {
    from: '2020-01-01T00:00:00Z',
    to: new Date(server.startedAt).toISOString(),
    limit: 1000,
  }
  do {
    const body: object = cursor === null ? search : { ...search, cursor }
    const page: Page = await server.api('POST', `/v1/accounts/${account}/events/search`, body)
    found.push(...page.events)
    cursor = page.next_cursor
  } while (cursor !== null)
  return found
}

/** Whether texts are equal as the filter compares categories, events and users. */
export function same(one: string | undefined, other: string): boolean {
  return one !== undefined && one.trim().toLowerCase() === other.trim().toLowerCase()
}

/** Whether the actor is called so: by name, e-mail or id; system actors are called *System*. */
export function isUser({ actor }: Found, value: string): boolean {
  const isSystem = actor.type === undefined || actor.type === 'system'
  if (isSystem && same('System', value)) return true
  return actor.id === value || same(actor.name, value) || same(actor.email, value)
}
