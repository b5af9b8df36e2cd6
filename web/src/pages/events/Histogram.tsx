import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, lazy, type PointerEvent, Suspense, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { histogramQuery } from '@/api/events'
import type { Search } from '@/filter/search'
import type { TimeChoice } from '@/filter/state'
import { ProblemStrip } from '@/parts/Problem'
import { choiceOf } from '@/time/choice'
import { useBarText } from './bar_text'
import { type Bar, barsOf, ends, movedSelection, type Selection } from './chart'
import styles from './Histogram.module.css'

const ChartTable = lazy(async () => ({ default: (await import('./ChartTable')).ChartTable }))

interface HistogramProps {
  account: string
  search: Search
  zone: string
  /** Whether the numbers stand below the bars, too. */
  asTable: boolean
  /** Narrows the time range to some bars. */
  onZoom: (time: TimeChoice) => void
}

/** Counts over the requested range, empty bars included; failed events are hatched. */
export function Histogram({ account, search, zone, asTable, onZoom }: HistogramProps) {
  const t = useTranslations('chart')
  const { data, error, refetch, isPlaceholderData } = useQuery(histogramQuery(account, search))
  if (error !== null && data === undefined) {
    return <ProblemStrip what={t('failed')} error={error} onRetry={() => void refetch()} />
  }
  const bars = data === undefined ? [] : barsOf(data.buckets)
  const zoom = (selection: Selection) => {
    const [first, last] = ends(selection)
    const [from, to] = [bars[first]?.from, bars[last]?.to]
    if (from !== undefined && to !== undefined)
      onZoom(choiceOf({ from: civil(from, zone), to: civil(to, zone) }))
  }
  return (
    <div className={styles.chart}>
      <div className={styles.frame} data-stale={isPlaceholderData || undefined}>
        {bars.length > 0 && <Bars key={bars[0]?.from} bars={bars} zone={zone} onZoom={zoom} />}
      </div>
      <Suspense>{asTable && <ChartTable bars={bars} zone={zone} />}</Suspense>
    </div>
  )
}

function civil(instant: string, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
}

interface BarsProps {
  bars: readonly Bar[]
  zone: string
  onZoom: (selection: Selection) => void
}

/** One tab stop for all bars: arrows move, Shift selects, Enter zooms; with the pointer, drag to zoom. */
function Bars({ bars, zone, onZoom }: BarsProps) {
  const t = useTranslations('chart')
  const textOf = useBarText(zone)
  const drawing = useRef<SVGSVGElement>(null)
  const [selection, setSelection] = useState<Selection | null>(null)
  const [dragging, setDragging] = useState(false)
  const [hovered, setHovered] = useState<number | null>(null)
  const barAt = (event: PointerEvent): number => {
    const box = drawing.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return 0
    const at = Math.floor(((event.clientX - box.left) / box.width) * bars.length)
    return Math.min(Math.max(at, 0), bars.length - 1)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const current = selection ?? { anchor: bars.length - 1, head: bars.length - 1 }
    const next = movedSelection(current, event.key, event.shiftKey, bars.length)
    if (next !== null) setSelection(next)
    else if (event.key === 'Enter') onZoom(current)
    else if (event.key === '0' || event.key === 'Escape') setSelection(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const shown = selection?.head ?? hovered
  const [first, last] = selection === null ? [-1, -1] : ends(selection)
  const bar = shown === null ? undefined : bars[shown]
  return (
    <>
      <svg
        ref={drawing}
        className={styles.bars}
        viewBox={`0 0 ${bars.length * 10} 100`}
        preserveAspectRatio="none"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a range input cannot be drawn as bars.
        role="slider"
        tabIndex={0}
        aria-label={t('label')}
        aria-valuemin={1}
        aria-valuemax={bars.length}
        aria-valuenow={(selection?.head ?? bars.length - 1) + 1}
        aria-valuetext={textOf(bars[selection?.head ?? bars.length - 1])}
        onKeyDown={onKeyDown}
        onBlur={() => setSelection(null)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setDragging(true)
          setSelection({ anchor: barAt(event), head: barAt(event) })
        }}
        onPointerMove={(event) => {
          setHovered(barAt(event))
          if (dragging) setSelection((old) => old && { ...old, head: barAt(event) })
        }}
        onPointerLeave={() => setHovered(null)}
        onPointerUp={() => {
          setDragging(false)
          if (selection !== null && selection.anchor !== selection.head) onZoom(selection)
        }}
        onDoubleClick={() => selection !== null && onZoom(selection)}
      >
        <Hatch />
        {bars.map((one, at) => (
          <Column
            key={one.from}
            bar={one}
            at={at}
            marked={at >= first && at <= last}
            hovered={at === hovered}
          />
        ))}
      </svg>
      <output className={styles.told} aria-hidden>
        {textOf(bar)}
      </output>
    </>
  )
}

function Column({
  bar,
  at,
  marked,
  hovered,
}: {
  bar: Bar
  at: number
  marked: boolean
  hovered: boolean
}) {
  const x = at * 10 + 0.6
  const fine = Math.max(bar.height - bar.failedHeight, 0) * 100
  const failed = bar.failedHeight * 100
  // A gap of one pixel of the 64 between failed and fine: the two colours alone differ too little.
  const gap = failed > 0 && fine > 0 ? 1.6 : 0
  return (
    <g>
      {(marked || hovered) && (
        <rect x={at * 10} y={0} width={10} height={100} className={styles.marked} />
      )}
      <rect
        x={x}
        y={100 - failed - fine}
        width={8.8}
        height={Math.max(fine - gap, 0)}
        className={styles.fine}
      />
      {failed > 0 && (
        <>
          <rect x={x} y={100 - failed} width={8.8} height={failed} className={styles.failed} />
          <rect x={x} y={100 - failed} width={8.8} height={failed} fill="url(#hatch)" />
        </>
      )}
    </g>
  )
}

function Hatch() {
  return (
    <defs>
      <pattern
        id="hatch"
        width="4"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(35)"
      >
        <rect width="1.4" height="6" className={styles.hatch} />
      </pattern>
    </defs>
  )
}
