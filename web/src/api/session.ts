import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, csrfOf, setCsrf, tellSignedOut } from './client'
import { Problem } from './problem'
import type { components } from './schema'

/** An account that the signed-in person may open. */
export interface SessionAccount {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly role_name?: string
  readonly permissions: readonly string[]
  /** What may not be asked about; see the contract. */
  readonly hidden_columns: readonly string[]
  readonly created_at: string
}

/** Who sits here. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly operator: boolean
  readonly second_factor: boolean
  readonly has_password: boolean
}

/** A company's own sign-in. */
export type Provider = components['schemas']['Provider']

interface Instance {
  readonly name: string
  readonly version: string
}

interface Stranger {
  readonly signed_in: false
  readonly setup_needed: boolean
  readonly sign_in: 'allowed' | 'refused_plain_http'
  /** Those that are offered to everybody. */
  readonly providers?: readonly Provider[]
  readonly instance: Instance
}

/** A signed-in session, as the server tells it. */
export interface SignedIn {
  readonly signed_in: true
  readonly csrf: string
  /** True for the read-only session of a portal link. */
  readonly viewer?: boolean
  /** How a portal link wants events to be shown. */
  readonly display?: {
    readonly columns?: readonly string[] | null
    readonly time_zone?: string | null
  }
  readonly expires_at: string
  readonly person: Person
  readonly accounts: readonly SessionAccount[]
  readonly setup_needed: boolean
  readonly sign_in: 'allowed' | 'refused_plain_http'
  readonly instance: Instance
}

/** What the server says about this browser. */
export type Session = Stranger | SignedIn

async function call(method: string, path: string, body?: unknown, csrf?: string): Promise<Session> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (csrf !== undefined) headers['X-Annals-CSRF'] = csrf
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (body !== undefined) init.body = JSON.stringify(body)
  const response = await fetch(path, init).catch(() => {
    throw new Problem(0, null)
  })
  const told: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new Problem(response.status, told, response.headers.get('Retry-After'))
  return remember(told as Session)
}

let wasSignedIn = false

function remember(session: Session): Session {
  wasSignedIn = session.signed_in
  setCsrf(session.signed_in ? session.csrf : null)
  return session
}

/** The session of this browser; reading it extends it. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const before = wasSignedIn
    const session = await call('GET', '/v1/session')
    if (session.signed_in || !before) return session
    // The page keeps what it shows; whoever sits there signs in over it.
    tellSignedOut()
    throw new Problem(401, { code: 'unauthenticated' })
  },
  staleTime: 60_000,
})

/** What is typed to sign in. */
export interface Credentials {
  readonly email: string
  readonly password: string
  /** Six digits of the second factor, or a recovery code. */
  readonly code?: string
}

/**
 * Signs in; a wrong e-mail, password or code is a {@link Problem} with the code `sign_in_failed`, one that has to
 * show a second factor `second_factor_needed`.
 */
export function signIn(credentials: Credentials): Promise<Session> {
  return call('POST', '/v1/session', credentials)
}

/** Opens a session with the code of a link, in place of the one that this browser may have. */
export function openWith(path: string, body: unknown): Promise<Session> {
  return call('POST', path, body, csrfOf())
}

/** How people of a company sign in. */
export type Ways = components['schemas']['SignInWays']

/** The ways in for an e-mail address; an empty one asks for those that are offered to everybody. */
export const waysQuery = (email: string) =>
  queryOptions({
    queryKey: ['ways', email.slice(email.indexOf('@') + 1).toLowerCase()],
    queryFn: async () => {
      const query = email === '' ? {} : { email }
      return bodyOf(await api.GET('/v1/session/providers', { params: { query } }))
    },
    staleTime: 300_000,
    retry: false,
  })

/** Claims a new server with the code that it printed. */
export function setUp(
  code: string,
  owner: { name: string; email: string; password: string },
): Promise<Session> {
  return call('POST', '/v1/setup', { code, owner })
}

/** Ends the session on the server. */
export async function signOut(csrf: string): Promise<void> {
  const response = await fetch('/v1/session', {
    method: 'DELETE',
    headers: { 'X-Annals-CSRF': csrf },
  })
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => null))
  wasSignedIn = false
  setCsrf(null)
}
