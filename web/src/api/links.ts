import { api, bodyOf } from './client'
import type { components } from './schema'
import { openWith, type Session } from './session'

/** What an invitation says before it is accepted. */
export type InvitationRead = components['schemas']['InvitationRead']

/** What a reset link says before it is used. */
export type ResetRead = components['schemas']['PasswordReset']

/** What somebody new says about himself. */
export interface NewPerson {
  readonly name: string
  readonly password: string
}

/** Reads an invitation by the code of its link. */
export async function readInvitation(code: string): Promise<InvitationRead> {
  return bodyOf(await api.POST('/v1/invitations/read', { body: { code } }))
}

/** Accepts an invitation and is signed in; whoever is known must be signed in as that person already. */
export function acceptInvitation(code: string, person: NewPerson | null): Promise<Session> {
  return openWith('/v1/invitations/accept', { code, ...person })
}

/** Reads a reset link by its code. */
export async function readReset(code: string): Promise<ResetRead> {
  return bodyOf(await api.POST('/v1/password_resets/read', { body: { code } }))
}

/** Sets a new password; all sessions of the person end. */
export async function acceptReset(code: string, password: string): Promise<void> {
  await api.POST('/v1/password_resets/accept', { body: { code, password } })
}

/** Opens the read-only view of a portal link, which works once; `replace` ends the session of whoever is signed in. */
export function openPortal(code: string, replace: boolean): Promise<Session> {
  return openWith('/v1/session/portal', { code, replace })
}
