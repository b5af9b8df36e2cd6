import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** What is sent to declare an action. */
export type Declaration = components['schemas']['CatalogDeclaration']

/** Why an action is not to be used any more, and what is used instead. */
export type Deprecation = components['schemas']['CatalogDeprecation']

const of = (account: string, action: string) => ({ path: { account, action } })

/** Declares an action, or changes its declaration. */
export async function declare(account: string, action: string, body: Declaration): Promise<void> {
  await api.PUT('/v1/accounts/{account}/catalog/events/{action}', {
    params: of(account, action),
    body,
  })
}

/** Removes the declaration of an action that never came. */
export async function undeclare(account: string, action: string): Promise<void> {
  await api.DELETE('/v1/accounts/{account}/catalog/events/{action}', {
    params: of(account, action),
  })
}

/** Says that an action is not to be used any more; it is accepted all the same. */
export async function deprecate(account: string, action: string, body: Deprecation): Promise<void> {
  await api.POST('/v1/accounts/{account}/catalog/events/{action}/deprecate', {
    params: of(account, action),
    body,
  })
}

/** Takes a deprecation back. */
export async function restore(account: string, action: string): Promise<void> {
  await api.POST('/v1/accounts/{account}/catalog/events/{action}/restore', {
    params: of(account, action),
  })
}

/** How the declaration of an action came to be what it is, the newest first. */
export const versionsQuery = (account: string, action: string) =>
  queryOptions({
    queryKey: ['catalog', account, 'versions', action],
    queryFn: async ({ signal }) =>
      bodyOf(
        await api.GET('/v1/accounts/{account}/catalog/events/{action}/versions', {
          params: of(account, action),
          signal,
        }),
      ).versions,
  })
