import { queryOptions } from '@tanstack/react-query'
import { now } from '@/time/clock'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** A key as it is listed; its token is shown only once, when it is created. */
export type Key = components['schemas']['Key']

/** What is sent to create a key. */
export type NewKey = components['schemas']['NewKey']

/** A new key with its token. */
export type CreatedKey = components['schemas']['CreatedKey']

/** What is to change about a key. */
export type KeyChange = components['schemas']['KeyChange']

/** The key that takes the place of another. */
export type RotatedKey = components['schemas']['RotatedKey']

/** One thing that a key may be allowed to do. */
export type Permission = components['schemas']['Permission']

/** Whether a key works, and if not, why. */
export type KeyState = 'active' | 'expired' | 'revoked'

const PAGE = 1000

/** All keys of an account, those that work first, then the newest first. */
export const keysQuery = (account: string) =>
  queryOptions({
    queryKey: ['keys', account],
    queryFn: () => allKeys(account),
  })

async function allKeys(account: string): Promise<readonly Key[]> {
  const keys: Key[] = []
  let cursor: string | null | undefined
  do {
    const query = { limit: PAGE, ...(cursor ? { cursor } : {}) }
    const page = bodyOf(
      await api.GET('/v1/accounts/{account}/keys', { params: { path: { account }, query } }),
    )
    keys.push(...page.keys)
    cursor = page.next_cursor
  } while (cursor)
  return inOrder(keys, now())
}

/** Those that work first, then the newest first. */
export function inOrder(keys: readonly Key[], at: Temporal.Instant): readonly Key[] {
  const ended = (key: Key) => Number(stateOf(key, at) !== 'active')
  return [...keys].sort(
    (a, b) => ended(a) - ended(b) || Date.parse(b.created_at) - Date.parse(a.created_at),
  )
}

/** Whether the key works at an instant. */
export function stateOf(key: Key, at: Temporal.Instant): KeyState {
  if (key.revoked_at) return 'revoked'
  if (key.expires_at && Date.parse(key.expires_at) <= at.epochMilliseconds) return 'expired'
  return 'active'
}

/** Creates a key for an account. */
export async function createKey(account: string, key: NewKey): Promise<CreatedKey> {
  return bodyOf(
    await api.POST('/v1/accounts/{account}/keys', { params: { path: { account } }, body: key }),
  )
}

/** Ends a key of the account at once. */
export async function revokeKey(account: string, key: string): Promise<void> {
  await api.DELETE('/v1/accounts/{account}/keys/{key}', { params: { path: { account, key } } })
}

/** Changes the name, the networks or the end of a key. */
export async function changeKey(account: string, key: string, change: KeyChange): Promise<void> {
  const params = { path: { account, key } }
  await api.PATCH('/v1/accounts/{account}/keys/{key}', { params, body: change })
}

/** Makes a key with the same rights; the old one works on for so many minutes. */
export async function rotateKey(
  account: string,
  key: string,
  overlap_minutes: number,
): Promise<RotatedKey> {
  const params = { path: { account, key } }
  const body = { overlap_minutes }
  return bodyOf(await api.POST('/v1/accounts/{account}/keys/{key}/rotate', { params, body }))
}
