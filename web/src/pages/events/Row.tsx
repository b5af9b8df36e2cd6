import { useEffect, useRef } from 'react'
import type { Event } from '@/api/events'
import { Cell, type TimeStyle } from './Cell'
import type { ListColumn } from './columns'
import styles from './Row.module.css'

/** The row that the arrows move; `focus` is true when it shall take the focus, too. */
export interface Active {
  readonly id: string | null
  readonly focus: boolean
}

interface RowProps {
  event: Event
  index: number
  columns: readonly ListColumn[]
  times: TimeStyle
  rowHeight: number
  openedId: string | null
  active: Active
  onActive: (active: Active) => void
  onOpen: (event: Event) => void
}

/** One event: a click anywhere opens it, and its first cell holds the real link. */
export function Row({
  event,
  index,
  columns,
  times,
  rowHeight,
  openedId,
  active,
  onActive,
  onOpen,
}: RowProps) {
  const link = useRef<HTMLAnchorElement>(null)
  const isActive = active.id === event.id
  const takesFocus = isActive && active.focus
  useEffect(() => {
    if (takesFocus) link.current?.focus({ preventScroll: true })
  }, [takesFocus])
  const open = () => {
    onActive({ id: event.id, focus: false })
    onOpen(event)
  }
  const opened = event.id === openedId
  return (
    <tr
      className={styles.row}
      style={{ height: rowHeight }}
      aria-rowindex={index + 2}
      aria-current={opened || undefined}
      onClick={open}
    >
      {columns.map((column, at) => (
        <td key={column} className={styles.cell}>
          {at === 0 ? (
            <a
              ref={link}
              className={styles.link}
              href={hrefOf(event.id)}
              tabIndex={isActive || (active.id === null && index === 0) ? 0 : -1}
              aria-expanded={opened}
              onFocus={() => isActive || onActive({ id: event.id, focus: false })}
              onClick={(click) => {
                if (click.ctrlKey || click.metaKey || click.shiftKey) return click.stopPropagation()
                click.preventDefault()
              }}
            >
              <Cell column={column} event={event} times={times} />
            </a>
          ) : (
            <Cell column={column} event={event} times={times} />
          )}
        </td>
      ))}
    </tr>
  )
}

/** The address of the event's details over the list as it is. */
function hrefOf(id: string): string {
  const url = new URL(window.location.href)
  url.searchParams.set('e', id)
  return `${url.pathname}${url.search}`
}
