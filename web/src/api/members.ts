import { queryOptions } from '@tanstack/react-query'
import { ask } from './client'

/** A resource to which somebody is restricted. */
export interface MemberResource {
  readonly type: string
  readonly id: string
}

/** A person in an account. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly role_name: string
  /** null: everything that the role sees. */
  readonly resources: readonly MemberResource[] | null
  /** Whether the person runs the server. */
  readonly operator: boolean
  readonly created_at: string
  readonly expires_at?: string | null
  readonly last_seen_at?: string | null
  readonly second_factor: boolean
  readonly has_password: boolean
}

/** Somebody who was asked to join and has not answered. */
export interface Invitation {
  readonly id: string
  readonly email: string
  readonly role: string
  readonly role_name: string
  readonly resources: readonly MemberResource[] | null
  readonly invited_by: { readonly id: string; readonly name: string }
  readonly created_at: string
  readonly expires_at: string
  readonly membership_expires_at?: string | null
}

/** What a member is given: the role, what of the account, and until when. */
export interface Grant {
  readonly role?: string
  readonly resources?: readonly MemberResource[] | null
  readonly expires_at?: string | null
}

/** What is sent to invite somebody. */
export interface NewInvitation {
  readonly email: string
  readonly role: string
  readonly resources?: readonly MemberResource[]
  readonly membership_expires_at?: string
}

/** A link that is shown once. */
export interface Link {
  readonly link: string
  readonly expires_at: string
}

const accountPath = (account: string) => `/v1/accounts/${encodeURIComponent(account)}`
const memberPath = (account: string, id: string) =>
  `${accountPath(account)}/members/${encodeURIComponent(id)}`

/** Everybody in an account. */
export const membersQuery = (account: string) =>
  queryOptions({
    queryKey: ['members', account],
    queryFn: async () =>
      (await ask<{ members: readonly Member[] }>('get', `${accountPath(account)}/members`)).members,
  })

/** Those who were invited and have not come yet. */
export const invitationsQuery = (account: string) =>
  queryOptions({
    queryKey: ['invitations', account],
    queryFn: async () => {
      const path = `${accountPath(account)}/invitations`
      return (await ask<{ invitations: readonly Invitation[] }>('get', path)).invitations
    },
  })

/** Gives a member another role, other resources or another end. */
export async function changeMember(account: string, id: string, grant: Grant): Promise<void> {
  await ask('patch', memberPath(account, id), grant)
}

/** Takes somebody out of an account. */
export async function removeMember(account: string, id: string): Promise<void> {
  await ask('delete', memberPath(account, id))
}

/** Makes a link with which the person chooses a new password. */
export function makeResetLink(account: string, id: string): Promise<Link> {
  return ask('post', `${memberPath(account, id)}/reset_link`)
}

/** Ends all sessions of a person. */
export async function endMemberSessions(account: string, id: string): Promise<void> {
  await ask('delete', `${memberPath(account, id)}/sessions`)
}

/** Turns the second factor of a person off. */
export async function removeMemberSecondFactor(account: string, id: string): Promise<void> {
  await ask('delete', `${memberPath(account, id)}/second_factor`)
}

/** Invites somebody; the link is told only now. */
export async function invite(account: string, invitation: NewInvitation): Promise<Link> {
  const path = `${accountPath(account)}/invitations`
  const made = await ask<{ invitation: Invitation; link: string }>('post', path, invitation)
  return { link: made.link, expires_at: made.invitation.expires_at }
}

/** Ends an invitation: its link works no more. */
export async function revokeInvitation(account: string, id: string): Promise<void> {
  await ask('delete', `${accountPath(account)}/invitations/${encodeURIComponent(id)}`)
}
