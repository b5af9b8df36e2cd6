import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

/** The three built-in column sets: the seeds' own columns. */
export type ColumnSet = 'account' | 'developer' | 'activity'

/** What a person chose for himself in one account; null: as the account has it. */
export type Preferences = components['schemas']['Preferences']

/** What an account decides for everybody in it. */
export type Settings = components['schemas']['AccountSettings']

/** The settings of an account. */
export const settingsQuery = (account: string) =>
  queryOptions({
    queryKey: ['settings', account],
    queryFn: async () =>
      bodyOf(await api.GET('/v1/accounts/{account}/settings', { params: { path: { account } } })),
    staleTime: 300_000,
  })

/** The preferences of the signed-in person in an account. */
export const preferencesQuery = (account: string) =>
  queryOptions({
    queryKey: ['preferences', account],
    queryFn: async () =>
      bodyOf(
        await api.GET('/v1/accounts/{account}/preferences', { params: { path: { account } } }),
      ),
    staleTime: 300_000,
  })

/** Replaces the preferences of the signed-in person. */
export async function savePreferences(account: string, next: Preferences): Promise<Preferences> {
  const params = { path: { account } }
  return bodyOf(await api.PUT('/v1/accounts/{account}/preferences', { params, body: next }))
}

/** Changes some settings of an account; the others stay. */
export async function saveSettings(account: string, edits: Partial<Settings>): Promise<Settings> {
  const params = { path: { account } }
  return bodyOf(await api.PATCH('/v1/accounts/{account}/settings', { params, body: edits }))
}
