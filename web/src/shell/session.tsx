import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type SessionAccount, type SignedIn, sessionQuery } from '@/api/session'

/** The session of the person; only inside screens that need one. */
export function useSignedIn(): SignedIn {
  const { data } = useSuspenseQuery(sessionQuery)
  if (!data.signed_in) throw new Error('a screen behind the sign-in was drawn without a session')
  return data
}

/** The account named in the path; undefined when the person has no such account. */
export function useAccountIfAny(): SessionAccount | undefined {
  const { account } = useParams({ strict: false })
  return useSignedIn().accounts.find((one) => one.id === account)
}

/** The account named in the path. */
export function useAccount(): SessionAccount {
  const account = useAccountIfAny()
  if (account === undefined) throw new Error('a screen of an account was drawn without it')
  return account
}

/** Whether nothing is written here: the read-only session of a portal link. */
export function useReadOnly(): boolean {
  return useSignedIn().viewer === true
}

/** Tells whether the person may ask about a column, free text (`q`) or resources (`resource`): not when they are hidden. */
export function useMayAsk(): (column: string) => boolean {
  const { hidden_columns } = useAccount()
  return (column) =>
    !hidden_columns.includes(column) &&
    !(column.startsWith('metadata.') && hidden_columns.includes('metadata.*'))
}

/** Whether the person may do this in the account of the path. */
export function useMay(permission: string): boolean {
  return useAccount().permissions.includes(permission)
}
