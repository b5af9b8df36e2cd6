import type { Role } from '@/api/roles'

/** The roles whose people may view the log, as the account has it now. */
export function viewersNow(roles: readonly Role[]): readonly string[] {
  return roles.filter(({ may_view }) => may_view).map(({ id }) => id)
}

/** The same roles in the order of the list, with one more or one less; owners always stay. */
export function withViewer(
  roles: readonly Role[],
  viewers: readonly string[],
  id: string,
  on: boolean,
): readonly string[] {
  return roles
    .map((role) => role.id)
    .filter((one) => one === 'owner' || (one === id ? on : viewers.includes(one)))
}
