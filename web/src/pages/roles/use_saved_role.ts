import { useMutation, useQueryClient } from '@tanstack/react-query'
import { membersQuery } from '@/api/members'
import { changeRole, createRole, type Role, type RoleEdit, rolesQuery } from '@/api/roles'
import { sessionQuery } from '@/api/session'
import { useAccount } from '@/shell/session'

/** Makes a role, or changes one; null makes one. */
export function useSavedRole(role: Role | null, onDone: () => void) {
  const account = useAccount()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (edit: RoleEdit) =>
      role === null ? createRole(account.id, edit) : changeRole(account.id, role.id, edit),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: rolesQuery(account.id).queryKey })
      void queries.invalidateQueries({ queryKey: membersQuery(account.id).queryKey })
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      onDone()
    },
  })
}
