import { queryOptions } from '@tanstack/react-query'
import type { HiddenFacet } from '@/parts/HiddenFacets'
import { ask } from './client'
import type { Permission } from './keys'

/** A role of an account: one that every account has, or one of its own. */
export interface Role {
  /** `owner`, `admin`, …, or `role_…` for one of the account's own. */
  readonly id: string
  readonly name: string
  /** Then only the name can be changed. */
  readonly built_in: boolean
  /** The setting of who may view is in them. */
  readonly permissions: readonly Permission[]
  readonly hide: readonly HiddenFacet[]
  readonly members: number
  readonly may_view: boolean
}

/** What is sent to make a role, or to change one. */
export interface RoleEdit {
  readonly name?: string
  readonly permissions?: readonly Permission[]
  readonly hide?: readonly HiddenFacet[]
}

const pathOf = (account: string) => `/v1/accounts/${encodeURIComponent(account)}/roles`

/** The roles of an account: those that every account has, then its own. */
export const rolesQuery = (account: string) =>
  queryOptions({
    queryKey: ['roles', account],
    queryFn: async () => (await ask<{ roles: readonly Role[] }>('get', pathOf(account))).roles,
  })

/** Makes a role of the account's own. */
export async function createRole(account: string, role: RoleEdit): Promise<void> {
  await ask('post', pathOf(account), role)
}

/** Changes a role; of one that every account has only the name. */
export async function changeRole(account: string, id: string, edit: RoleEdit): Promise<void> {
  await ask('patch', `${pathOf(account)}/${encodeURIComponent(id)}`, edit)
}

/** Deletes a role of the account's own that nobody has. */
export async function deleteRole(account: string, id: string): Promise<void> {
  await ask('delete', `${pathOf(account)}/${encodeURIComponent(id)}`)
}

/** Sets which roles may view the log; null: every role that reads. */
export async function saveViewers(account: string, viewers: readonly string[] | null) {
  await ask('patch', `/v1/accounts/${encodeURIComponent(account)}/settings`, { viewers })
}
