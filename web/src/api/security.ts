import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** How the second factor of the signed-in person stands. */
export type SecondFactor = components['schemas']['SecondFactor']

/** A second factor that is offered; it is on once a code of it was sent. */
export type OfferedFactor = components['schemas']['SecondFactorOffer']

/** Where the person is signed in. */
export type OpenSession = components['schemas']['OwnSession']

/** The second factor of the signed-in person. */
export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: async () => bodyOf(await api.GET('/v1/session/second_factor')),
})

/** Everywhere the person is signed in, this browser first, then the last used. */
export const openSessionsQuery = queryOptions({
  queryKey: ['open-sessions'],
  queryFn: async (): Promise<readonly OpenSession[]> => {
    const { sessions } = bodyOf(await api.GET('/v1/sessions'))
    return [...sessions].sort(
      (a, b) =>
        Number(b.current) - Number(a.current) ||
        Date.parse(b.last_used_at) - Date.parse(a.last_used_at),
    )
  },
})

/** Changes the password; the person's other sessions end. */
export async function changePassword(current: string, next: string): Promise<void> {
  await api.PUT('/v1/session/password', { body: { current, new: next } })
}

/** Asks for a new second factor; `password` for people who have one. */
export async function offerFactor(password: string | null): Promise<OfferedFactor> {
  const body = password === null ? {} : { password }
  return bodyOf(await api.POST('/v1/session/second_factor', { body }))
}

/** Turns the offered second factor on with a code of it; the recovery codes are told only now. */
export async function confirmFactor(code: string): Promise<readonly string[]> {
  const body = { code }
  return bodyOf(await api.POST('/v1/session/second_factor/confirm', { body })).recovery_codes
}

/** Turns the second factor off. */
export async function removeFactor(password: string | null, code: string): Promise<void> {
  const body = password === null ? { code } : { password, code }
  await api.DELETE('/v1/session/second_factor', { body })
}

/** Replaces the recovery codes; they are told only now. */
export async function renewRecoveryCodes(code: string): Promise<readonly string[]> {
  const body = { code }
  return bodyOf(await api.POST('/v1/session/second_factor/recovery_codes', { body })).recovery_codes
}

/** Ends one session of the person. */
export async function endSession(session: string): Promise<void> {
  await api.DELETE('/v1/sessions/{session}', { params: { path: { session } } })
}

/** Ends all sessions of the person but this one. */
export async function endOtherSessions(): Promise<void> {
  await api.DELETE('/v1/sessions')
}
