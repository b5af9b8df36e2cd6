import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** A person in an account. */
export type Member = components['schemas']['Member']

/** A resource to which somebody is restricted. */
export type MemberResource = components['schemas']['MemberResource']

/** What is to change about a membership; what is absent stays. */
export type MemberChange = components['schemas']['MemberChange']

/** Somebody who was asked to join and has not answered. */
export type Invitation = components['schemas']['Invitation']

/** What is sent to invite somebody. */
export type NewInvitation = components['schemas']['NewInvitation']

/** A link that is shown once. */
export type Link = components['schemas']['OneTimeLink']

/** Everybody in an account. */
export const membersQuery = (account: string) =>
  queryOptions({
    queryKey: ['members', account],
    queryFn: async (): Promise<readonly Member[]> => {
      const params = { path: { account } }
      return bodyOf(await api.GET('/v1/accounts/{account}/members', { params })).members
    },
  })

/** Those who were invited and have not come yet. */
export const invitationsQuery = (account: string) =>
  queryOptions({
    queryKey: ['invitations', account],
    queryFn: async (): Promise<readonly Invitation[]> => {
      const params = { path: { account } }
      return bodyOf(await api.GET('/v1/accounts/{account}/invitations', { params })).invitations
    },
  })

/** Gives a member another role, other resources or another end. */
export async function changeMember(
  account: string,
  member: string,
  body: MemberChange,
): Promise<void> {
  const params = { path: { account, member } }
  await api.PATCH('/v1/accounts/{account}/members/{member}', { params, body })
}

/** Takes somebody out of an account. */
export async function removeMember(account: string, member: string): Promise<void> {
  const params = { path: { account, member } }
  await api.DELETE('/v1/accounts/{account}/members/{member}', { params })
}

/** Makes a link with which the person chooses a new password. */
export async function makeResetLink(account: string, member: string): Promise<Link> {
  const params = { path: { account, member } }
  return bodyOf(await api.POST('/v1/accounts/{account}/members/{member}/reset_link', { params }))
}

/** Ends all sessions of a person. */
export async function endMemberSessions(account: string, member: string): Promise<void> {
  const params = { path: { account, member } }
  await api.DELETE('/v1/accounts/{account}/members/{member}/sessions', { params })
}

/** Turns the second factor of a person off. */
export async function removeMemberSecondFactor(account: string, member: string): Promise<void> {
  const params = { path: { account, member } }
  await api.DELETE('/v1/accounts/{account}/members/{member}/second_factor', { params })
}

/** Invites somebody; the link is told only now. */
export async function invite(account: string, body: NewInvitation): Promise<Link> {
  const params = { path: { account } }
  const made = bodyOf(await api.POST('/v1/accounts/{account}/invitations', { params, body }))
  return { link: made.link, expires_at: made.invitation.expires_at }
}

/** Ends an invitation: its link works no more. */
export async function revokeInvitation(account: string, invitation: string): Promise<void> {
  const params = { path: { account, invitation } }
  await api.DELETE('/v1/accounts/{account}/invitations/{invitation}', { params })
}
