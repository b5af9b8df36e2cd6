const BASE = '/ui'
const HOME = '/ui/'
/** Any origin will do: only whether a path leaves it is asked. */
const ORIGIN = 'https://dashboard.invalid'

/**
 * Where to go after signing in: the asked page of the dashboard, with or without `/ui` before it, else the first one.
 * Anything that would lead to another origin, out of the dashboard or back to the sign-in is not followed.
 */
export function pathAfterSignIn(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return HOME
  const asked = next === BASE || next.startsWith(`${BASE}/`) ? next : `${BASE}${next}`
  const url = new URL(asked, ORIGIN)
  const inside = url.origin === ORIGIN && /^\/ui\/(?![/\\])/.test(url.pathname)
  if (!inside || /^\/ui\/(sign-in|setup)\/?$/.test(url.pathname)) return HOME
  return `${url.pathname}${url.search}${url.hash}`
}
