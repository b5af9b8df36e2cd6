import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { LogState } from '@/filter/state'
import { type Dropped, readState, writeState } from '@/filter/url'
import type { RawSearch } from '@/shell/search_params'

/** How a change of the URL is remembered: `push` can be undone by Back, `replace` cannot. */
export type How = 'push' | 'replace'

/** The state of the list, which is its URL. */
export interface LogUrl {
  readonly state: LogState
  /** Parts of the URL that could not be read. */
  readonly dropped: readonly Dropped[]
  readonly set: (next: LogState, how?: How) => void
}

/** Reads the list's state from the URL and writes it there. */
export function useLogUrl(): LogUrl {
  const raw = useSearch({ strict: false }) as RawSearch
  const navigate = useNavigate()
  const { state, dropped } = useMemo(() => readState(raw), [raw])
  const set = useCallback(
    (next: LogState, how: How = 'push') => {
      const search = writeState(next) as never
      void navigate({ to: '.', search, replace: how === 'replace', resetScroll: false })
    },
    [navigate],
  )
  return { state, dropped, set }
}
