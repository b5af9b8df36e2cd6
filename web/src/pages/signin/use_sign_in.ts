import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '@/api/problem'
import { type Credentials, type Session, sessionQuery, signIn } from '@/api/session'
import { useCountdown } from '@/parts/countdown'
import { now } from '@/time/clock'

interface Asking {
  onDone: (session: Session) => void
  /** The password is right, and a second factor is on. */
  onCodeNeeded?: (given: Credentials) => void
  onRefused: () => void
}

/** Sends what was typed; after too many attempts it counts the seconds to wait. */
export function useSignIn({ onDone, onCodeNeeded, onRefused }: Asking) {
  const queries = useQueryClient()
  const [until, setUntil] = useState<number | null>(null)
  const wait = useCountdown(until)
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (typed: Credentials) => signIn(typed),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session)
      onDone(session)
    },
    onError: (failure, typed) => {
      const { status, code, retryAfter } = problemOf(failure)
      if (code === 'second_factor_needed' && onCodeNeeded) return onCodeNeeded(typed)
      if (status === 429) setUntil(now().epochMilliseconds + (retryAfter ?? 1) * 1000)
      if (status === 403) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      onRefused()
    },
  })
  return { send: mutate, error, isPending, reset, wait, waited: until !== null }
}
