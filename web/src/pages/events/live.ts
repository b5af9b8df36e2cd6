import { useEffect, useRef, useState } from 'react'
import { api, bodyOf } from '@/api/client'
import { problemOf } from '@/api/problem'

/** How the live tail stands. */
export type LiveState =
  | { readonly kind: 'off' }
  | { readonly kind: 'listening'; readonly since: number }
  /** The line is broken; nothing is lost, because the cursor stays. */
  | { readonly kind: 'reconnecting'; readonly inSeconds: number }

const WAIT_S = 20
const LONGEST_PAUSE_S = 30
/** However fast events come, the list is asked anew at most so often. */
const LEAST_BETWEEN_MS = 1_000

/**
 * Follows the log by long-polling from its end, and calls `onNews` with how many events came since the last call.
 *
 * The tail is in log order and never skips; what of it matches is the list's own question.
 */
export function useLive(account: string, on: boolean, onNews: (came: number) => void): LiveState {
  const [state, setState] = useState<LiveState>({ kind: 'off' })
  const news = useRef(onNews)
  useEffect(() => {
    news.current = onNews
  })
  useEffect(() => {
    if (!on) {
      setState({ kind: 'off' })
      return
    }
    const stop = new AbortController()
    void follow(account, stop.signal, setState, (came) => news.current(came))
    return () => stop.abort()
  }, [account, on])
  return state
}

async function follow(
  account: string,
  signal: AbortSignal,
  tell: (state: LiveState) => void,
  onNews: (came: number) => void,
): Promise<void> {
  const since = Date.now()
  let after = 'end'
  let failures = 0
  while (!signal.aborted) {
    try {
      const query = { after, limit: 1000, wait_s: after === 'end' ? 0 : WAIT_S }
      const params = { path: { account }, query }
      const page = bodyOf(await api.GET('/v1/accounts/{account}/events/tail', { params, signal }))
      failures = 0
      after = page.next_cursor
      tell({ kind: 'listening', since })
      if (page.events.length > 0) {
        onNews(page.events.length)
        await pause(LEAST_BETWEEN_MS, signal)
      }
    } catch (error) {
      if (signal.aborted) return
      const { retryAfter } = problemOf(error)
      failures += 1
      const inSeconds = retryAfter ?? Math.min(2 ** failures, LONGEST_PAUSE_S)
      tell({ kind: 'reconnecting', inSeconds })
      await pause(inSeconds * 1_000, signal)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
