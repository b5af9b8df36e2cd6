import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { acceptInvitation, type InvitationRead, type NewPerson } from '@/api/links'
import { sessionQuery } from '@/api/session'

/** Accepts an invitation and goes to the account. */
export function useJoin(code: string, invitation: InvitationRead) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (person: NewPerson | null) => acceptInvitation(code, person),
    onSuccess: async (session) => {
      queries.setQueryData(sessionQuery.queryKey, session)
      const params = { account: invitation.account.id }
      await navigate({ to: '/a/$account/events', params, replace: true })
    },
  })
}
