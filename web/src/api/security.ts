import { queryOptions } from '@tanstack/react-query'
import { ask } from './client'

/** How the second factor of the signed-in person stands. */
export interface SecondFactor {
  readonly enabled: boolean
  readonly since?: string | null
  readonly recovery_codes_left: number
}

/** A second factor that is offered; it is on once a code of it was sent. */
export interface OfferedFactor {
  /** Base32, for typing. */
  readonly secret: string
  /** `otpauth://…`, for the QR code. */
  readonly uri: string
}

/** Where the person is signed in. */
export interface OpenSession {
  readonly id: string
  readonly created_at: string
  readonly last_used_at: string
  readonly expires_at: string
  readonly ip?: string | null
  readonly user_agent?: string | null
  readonly method: string
  readonly current: boolean
}

const FACTOR = '/v1/session/second_factor'

/** The second factor of the signed-in person. */
export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => ask<SecondFactor>('get', FACTOR),
})

/** Everywhere the person is signed in, this browser first, then the last used. */
export const openSessionsQuery = queryOptions({
  queryKey: ['open-sessions'],
  queryFn: async () => {
    const { sessions } = await ask<{ sessions: readonly OpenSession[] }>('get', '/v1/sessions')
    return [...sessions].sort(
      (a, b) =>
        Number(b.current) - Number(a.current) ||
        Date.parse(b.last_used_at) - Date.parse(a.last_used_at),
    )
  },
})

/** Changes the password; the person's other sessions end. */
export async function changePassword(current: string, next: string): Promise<void> {
  await ask('put', '/v1/session/password', { current, new: next })
}

/** Asks for a new second factor; `password` for people who have one. */
export function offerFactor(password: string | null): Promise<OfferedFactor> {
  return ask('post', FACTOR, password === null ? {} : { password })
}

/** Turns the offered second factor on with a code of it; the recovery codes are told only now. */
export async function confirmFactor(code: string): Promise<readonly string[]> {
  return (await ask<{ recovery_codes: string[] }>('post', `${FACTOR}/confirm`, { code }))
    .recovery_codes
}

/** Turns the second factor off. */
export async function removeFactor(password: string | null, code: string): Promise<void> {
  await ask('delete', FACTOR, password === null ? { code } : { password, code })
}

/** Replaces the recovery codes; they are told only now. */
export async function renewRecoveryCodes(code: string): Promise<readonly string[]> {
  return (await ask<{ recovery_codes: string[] }>('post', `${FACTOR}/recovery_codes`, { code }))
    .recovery_codes
}

/** Ends one session of the person. */
export async function endSession(id: string): Promise<void> {
  await ask('delete', `/v1/sessions/${encodeURIComponent(id)}`)
}

/** Ends all sessions of the person but this one. */
export async function endOtherSessions(): Promise<void> {
  await ask('delete', '/v1/sessions')
}
