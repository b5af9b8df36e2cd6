import { useMemo, useState } from 'react'
import type { Event } from '@/api/events'
import { addRefinement, exclude, only } from '@/filter/edit'
import { type Locked, type SearchContext, searchBody } from '@/filter/search'
import type { Criterion, LogState, Value } from '@/filter/state'
import type { Dropped } from '@/filter/url'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { type ListPages, useListPages } from './list_pages'
import { type How, useLogUrl } from './log_state'
import type { Active } from './Row'

/** A log as a screen needs it: its state, its rows, and everything that can be done with them. */
export interface Log {
  readonly account: string
  readonly state: LogState
  readonly dropped: readonly Dropped[]
  readonly context: SearchContext
  readonly search: ReturnType<typeof searchBody>
  readonly list: ListPages
  readonly active: Active
  readonly setActive: (active: Active) => void
  readonly setAtTop: (atTop: boolean) => void
  readonly change: (next: LogState, how?: How) => void
  /** What is known of the opened event before it is loaded. */
  readonly known: Event | undefined
  readonly open: (event: Event) => void
  readonly openId: (id: string) => void
  readonly close: () => void
  /** Moves to a neighbour: in the panel when it is open, else in the list; undefined when there is none. */
  readonly step: (by: 1 | -1) => (() => void) | undefined
  readonly onOnly: (criterion: Criterion) => void
  readonly onExclude: (criterion: Criterion) => void
}

/** The log of the account of the path, narrowed by what the page locks. */
export function useLog(locked: Locked | undefined): Log {
  const account = useAccount().id
  const { zone: homeZone, weekStart } = useDisplay()
  const { state, dropped, set } = useLogUrl()
  const zone = state.zone ?? homeZone
  const [atTop, setAtTop] = useState(true)
  const [active, setActive] = useState<Active>({ id: state.event, focus: false })
  const [opened, setOpened] = useState<Event | null>(null)
  const context = useMemo(() => ({ zone, weekStart, locked }), [zone, weekStart, locked])
  // The same question must stay the same object, or opening the panel would ask everything again.
  const asked = JSON.stringify(searchBody(state, context))
  const search = useMemo(() => JSON.parse(asked) as ReturnType<typeof searchBody>, [asked])
  const held = !atTop || state.event !== null
  const list = useListPages({ account, search, order: state.order, live: state.live, held })

  const { events } = list
  const at = events.findIndex(({ id }) => id === (state.event ?? active.id))
  const open = (event: Event) => {
    setOpened(event)
    setActive({ id: event.id, focus: false })
    set({ ...state, event: event.id }, state.event === null ? 'push' : 'replace')
  }
  const step = (by: 1 | -1) => {
    const next = events[at + by]
    if (next === undefined || (at < 0 && state.event !== null)) return undefined
    return () => {
      if (at + by >= events.length - 1) list.more()
      if (state.event !== null) open(next)
      else setActive({ id: next.id, focus: true })
    }
  }
  return {
    account,
    state,
    dropped,
    context,
    search,
    list,
    active,
    setActive,
    setAtTop,
    change: set,
    known: events[at] ?? (opened?.id === state.event ? opened : undefined),
    open,
    openId: (id) => set({ ...state, event: id }, 'replace'),
    close: () => {
      setActive({ id: state.event, focus: true })
      set({ ...state, event: null })
    },
    step,
    onOnly: ({ column, op, value }) =>
      set(
        op === 'eq'
          ? only(state, column, value as Value)
          : addRefinement(state, { column, op, value }),
      ),
    onExclude: ({ column, value }) => set(exclude(state, column, value as Value)),
  }
}
