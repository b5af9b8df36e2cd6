import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Event, type EventPage, eventPagesQuery, searchEvents } from '@/api/events'
import type { Search } from '@/filter/search'
import { type LiveState, useLive } from './live'

/** What the list shows, and what may come. */
export interface ListPages {
  readonly events: readonly Event[]
  /** Exact; null until the first answer. */
  readonly total: number | null
  readonly range: EventPage['range'] | null
  readonly error: Error | null
  readonly loading: boolean
  /** Whether the rows are those of the question before. */
  readonly stale: boolean
  readonly hasMore: boolean
  readonly more: () => void
  readonly retry: () => void
  readonly live: LiveState
  /** Matching events that came and are not shown yet. */
  readonly waiting: number
  /** Events a second, when more come than can be read; else 0. */
  readonly rate: number
  /** Shows what is waiting. */
  readonly showWaiting: () => void
}

const READABLE_RATE = 20

interface Asked {
  account: string
  search: Search
  order: 'desc' | 'asc'
  live: boolean
  /** While true, what comes is counted but not shown: the reader is in the middle of something. */
  held: boolean
}

/** The pages of the list, and the live tail over them. */
export function useListPages({ account, search, order, live, held }: Asked): ListPages {
  const queries = useQueryClient()
  const options = useMemo(() => eventPagesQuery(account, search, order), [account, search, order])
  const list = useInfiniteQuery(options)
  const [waiting, setWaiting] = useState(0)
  const [rate, setRate] = useState(0)
  const lastNews = useRef(0)
  const total = list.data?.pages[0]?.count ?? null

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has nothing waiting.
  useEffect(() => setWaiting(0), [options])

  const showNewest = useCallback(async () => {
    const page = await searchEvents(account, search, order, null)
    const fresh: InfiniteData<EventPage, string | null> = { pages: [page], pageParams: [null] }
    queries.setQueryData(options.queryKey, fresh)
    setWaiting(0)
  }, [account, search, order, options, queries])

  const onNews = (came: number) => {
    const now = performance.now()
    const perSecond = (came * 1000) / Math.max(now - lastNews.current, 1000)
    lastNews.current = now
    setRate(perSecond > READABLE_RATE ? Math.round(perSecond) : 0)
    if (!held) void showNewest().catch(() => list.refetch())
    else void countNewer(account, search, order, total).then(setWaiting, () => undefined)
    void queries.invalidateQueries({ queryKey: ['histogram', account], refetchType: 'active' })
    void queries.invalidateQueries({ queryKey: ['facets', account], refetchType: 'active' })
  }
  const state = useLive(account, live, onNews)

  // Whoever stops reading sees what came meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of reading counts.
  useEffect(() => {
    if (!held && waiting > 0) void showNewest().catch(() => list.refetch())
  }, [held])

  const { hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = list
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const events = useMemo(() => list.data?.pages.flatMap((page) => page.events) ?? [], [list.data])
  return {
    events,
    total,
    range: list.data?.pages[0]?.range ?? null,
    error: list.error,
    loading: list.isPending,
    stale: list.isPlaceholderData,
    hasMore: hasNextPage,
    more,
    retry: () => void refetch(),
    live: state,
    waiting,
    rate,
    showWaiting: () => void showNewest().catch(() => refetch()),
  }
}

/** How many matching events there are beyond those that the list speaks for. */
async function countNewer(
  account: string,
  search: Search,
  order: 'desc' | 'asc',
  known: number | null,
) {
  const page = await searchEvents(account, search, order, null)
  return Math.max((page.count ?? 0) - (known ?? 0), 0)
}
