import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Preferences, preferencesQuery, savePreferences } from '@/api/display'

/** Keeps each change at once: the screen follows first, and goes back when the server refuses. */
export function useSavedPreferences(account: string) {
  const queries = useQueryClient()
  const { queryKey } = preferencesQuery(account)
  const [last, setLast] = useState<Partial<Preferences>>({})
  const { mutate, error, isPending, isSuccess } = useMutation({
    // One after the other: each carries all preferences, so an earlier one must not arrive last.
    scope: { id: `preferences ${account}` },
    mutationFn: (next: { all: Preferences; before: Preferences }) =>
      savePreferences(account, next.all),
    onError: (_, { before }) => queries.setQueryData(queryKey, before),
  })
  const change = (edits: Partial<Preferences>) => {
    const before = queries.getQueryData(queryKey)
    if (before === undefined) return
    const all = { ...before, ...edits }
    setLast(edits)
    queries.setQueryData(queryKey, all)
    mutate({ all, before })
  }
  const state: 'idle' | 'saving' | 'saved' = isPending ? 'saving' : isSuccess ? 'saved' : 'idle'
  return { change, retry: () => change(last), error, state }
}
