import createClient, { type Middleware } from 'openapi-fetch'
import { Problem } from './problem'
import type { paths } from './schema'

let csrf: string | null = null
const signedOut = new Set<() => void>()

/** Remembers the token that writes of this session must carry. */
export function setCsrf(token: string | null): void {
  csrf = token
}

/** The token that writes of this session carry; undefined while nobody is signed in. */
export function csrfOf(): string | undefined {
  return csrf ?? undefined
}

/** Tells everybody who listens that the session has ended on the server. */
export function tellSignedOut(): void {
  for (const listener of signedOut) listener()
}

/** Calls back whenever an answer says that the session has ended; returns how to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

const guard: Middleware = {
  onRequest({ request }) {
    if (csrf !== null && request.method !== 'GET') request.headers.set('X-Annals-CSRF', csrf)
    return request
  },
  async onResponse({ request, response }) {
    if (response.ok) return response
    const body: unknown = await response.json().catch(() => null)
    const isSignIn = new URL(request.url).pathname === '/v1/session'
    if (response.status === 401 && !isSignIn) tellSignedOut()
    const problem = new Problem(response.status, body, response.headers.get('Retry-After'))
    // Another tab signed in anew, perhaps as somebody else: the page begins again, and nothing is sent twice.
    if (problem.code === 'csrf_refused') window.location.reload()
    throw problem
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return error
    return error instanceof Problem ? error : new Problem(0, null)
  },
}

/** The public API of the server that this page came from; every refusal is thrown as a {@link Problem}. */
export const api = createClient<paths>({ baseUrl: '/' })
api.use(guard)

/** The JSON body of an answer that the middleware let through; streams of text are never asked for here. */
export function bodyOf<T>(answer: { data?: T }): Exclude<T, string | undefined> {
  if (answer.data === undefined || typeof answer.data === 'string') {
    throw new Problem(0, { detail: 'the answer has no JSON body' })
  }
  return answer.data as Exclude<T, string | undefined>
}
