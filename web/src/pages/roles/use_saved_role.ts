import { useMutation, useQueryClient } from '@tanstack/react-query'
import { membersQuery } from '@/api/members'
import { rolesQuery } from '@/api/roles'
import { sessionQuery } from '@/api/session'
import { useAccount } from '@/shell/session'

/** Saves a role, and looks again at everything that shows it. */
export function useSavedRole<Edit>(
  save: (account: string, edit: Edit) => Promise<void>,
  onDone: () => void,
) {
  const account = useAccount()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (edit: Edit) => save(account.id, edit),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: rolesQuery(account.id).queryKey })
      void queries.invalidateQueries({ queryKey: membersQuery(account.id).queryKey })
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      onDone()
    },
  })
}
