import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** A role of an account: one that every account has, or one of its own. */
export type Role = components['schemas']['Role']

/** What is sent to make a role. */
export type NewRole = components['schemas']['NewRole']

/** What is sent to change a role; of one that every account has only the name can be. */
export type RoleChange = components['schemas']['RoleChange']

/** The roles of an account: those that every account has, then its own. */
export const rolesQuery = (account: string) =>
  queryOptions({
    queryKey: ['roles', account],
    queryFn: async (): Promise<readonly Role[]> => {
      const params = { path: { account } }
      return bodyOf(await api.GET('/v1/accounts/{account}/roles', { params })).roles
    },
  })

/** Makes a role of the account's own. */
export async function createRole(account: string, role: NewRole): Promise<void> {
  await api.POST('/v1/accounts/{account}/roles', { params: { path: { account } }, body: role })
}

/** Changes a role. */
export async function changeRole(account: string, role: string, body: RoleChange): Promise<void> {
  const params = { path: { account, role } }
  await api.PATCH('/v1/accounts/{account}/roles/{role}', { params, body })
}

/** Deletes a role of the account's own that nobody has. */
export async function deleteRole(account: string, role: string): Promise<void> {
  await api.DELETE('/v1/accounts/{account}/roles/{role}', { params: { path: { account, role } } })
}

/** Sets which roles may view the log; null: every role that reads. */
export async function saveViewers(
  account: string,
  viewers: readonly string[] | null,
): Promise<void> {
  const body = { viewers: viewers && [...viewers] }
  await api.PATCH('/v1/accounts/{account}/settings', { params: { path: { account } }, body })
}
