import { type RefObject, useCallback, useEffect, useState } from 'react'

/** Rows beyond the edges, so that scrolling shows no gaps. */
const BEYOND = 8

/** The rows that exist: `first` up to, not including, `end`. */
export interface RowWindow {
  readonly first: number
  readonly end: number
}

/** The rows in sight, with some beyond; all rows have one height in pixels. */
export function rowsInSight(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
): RowWindow {
  const first = Math.floor(scrollTop / rowHeight) - BEYOND
  const end = Math.ceil((scrollTop + height) / rowHeight) + BEYOND
  return {
    first: Math.min(Math.max(first, 0), Math.max(count - 1, 0)),
    end: Math.min(Math.max(end, 0), count),
  }
}

/** Where to scroll so that a row lies below the head, in sight; null when it does already. */
export function scrollToRow(
  index: number,
  rowHeight: number,
  sight: { readonly top: number; readonly height: number; readonly head: number },
): number | null {
  const start = index * rowHeight
  if (start < sight.top) return start
  const lowest = start + rowHeight + sight.head - sight.height
  return lowest > sight.top ? lowest : null
}

/** The window of a scrolled list, and how to bring a row into it. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  head: number,
): RowWindow & { readonly show: (index: number) => void } {
  const [sight, setSight] = useState({ top: 0, height: 800 })
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () =>
      setSight((old) => {
        // One state per row, not per pixel: nothing is drawn anew while the same rows are in sight.
        const top = Math.floor(element.scrollTop / rowHeight) * rowHeight
        const height = element.clientHeight
        return old.top === top && old.height === height ? old : { top, height }
      })
    look()
    element.addEventListener('scroll', look, { passive: true })
    const resized = new ResizeObserver(look)
    resized.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      resized.disconnect()
    }
  }, [scroller, rowHeight])
  const show = useCallback(
    (index: number) => {
      const element = scroller.current
      if (element === null) return
      const { scrollTop: top, clientHeight: height } = element
      const target = scrollToRow(index, rowHeight, { top, height, head })
      if (target !== null) element.scrollTop = target
    },
    [scroller, rowHeight, head],
  )
  return { ...rowsInSight(sight.top, sight.height + rowHeight, rowHeight, count), show }
}
