import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Event } from '@/api/events'
import type { TimeStyle } from './Cell'
import { type ListColumn, widthOf } from './columns'
import styles from './EventTable.module.css'
import { type Active, Row } from './Row'
import { useRowWindow } from './row_window'

interface EventTableProps {
  events: readonly Event[]
  /** The exact number of events that match; more than `events` while pages are missing. */
  total: number
  columns: readonly ListColumn[]
  /** Whether only the essential columns are shown, in the width that there is. */
  tight: boolean
  times: TimeStyle
  /** Pixels. */
  rowHeight: number
  /** The event whose details are open. */
  openedId: string | null
  active: Active
  onActive: (active: Active) => void
  onOpen: (event: Event) => void
  /** Called when the end of what is known comes near. */
  onNearEnd: () => void
  /** Called when the list is scrolled away from its newest row, or back to it. */
  onAtTop: (atTop: boolean) => void
  /** Whether what is shown is about to be replaced. */
  stale: boolean
  /** What stands below the last row. */
  after?: ReactNode
}

/** The list: a native table of which only the rows in sight exist; one Tab enters it, arrows move inside. */
export function EventTable(props: EventTableProps) {
  const {
    events,
    total,
    columns,
    tight,
    times,
    rowHeight,
    active,
    onActive,
    onNearEnd,
    onAtTop,
    stale,
  } = props
  const t = useTranslations('events')
  const scroller = useRef<HTMLElement>(null)
  const { first, end, show } = useRowWindow(scroller, events.length, rowHeight, HEADER_HEIGHT)
  useEffect(() => {
    if (events.length > 0 && end >= events.length - NEAR_END) onNearEnd()
  }, [end, events.length, onNearEnd])
  const activeIndex = events.findIndex(({ id }) => id === active.id)
  useEffect(() => {
    if (activeIndex >= 0) show(activeIndex)
  }, [activeIndex, show])
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2, 1)
    const target = moved(event.key, activeIndex, page, events.length)
    if (target === null) return
    event.preventDefault()
    onActive({ id: events[target]?.id ?? null, focus: true })
  }
  return (
    <section
      ref={scroller}
      className={styles.scroller}
      aria-label={t('list')}
      aria-busy={stale}
      onScroll={(event) => onAtTop(event.currentTarget.scrollTop < rowHeight)}
      onKeyDown={onKeyDown}
    >
      <table
        className={styles.table}
        aria-rowcount={total + 1}
        data-tight={tight || undefined}
        data-stale={stale || undefined}
      >
        <caption className="visually-hidden">{t('caption', { count: total })}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column} style={{ width: widthOf(column, tight, times.year) }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column} scope="col" className={styles.header}>
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={first * rowHeight} columns={columns.length} />
          {events.slice(first, end).map((event, at) => (
            <Row key={event.id} event={event} index={first + at} {...props} />
          ))}
          <Spacer height={(events.length - end) * rowHeight} columns={columns.length} />
        </tbody>
      </table>
      {props.after}
    </section>
  )
}

const HEADER_HEIGHT = 33
/** The next page is asked for when so many rows are left. */
const NEAR_END = 40

/** Where a key moves the focus to; null for keys that are not the list's. */
function moved(key: string, active: number, page: number, count: number): number | null {
  const targets: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  }
  const target = targets[key]
  return target === undefined || count === 0 ? null : Math.min(Math.max(target, 0), count - 1)
}

/** Holds the height of rows that do not exist. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}
