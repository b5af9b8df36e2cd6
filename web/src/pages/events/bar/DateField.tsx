import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { INITIAL, type TimeChoice } from '@/filter/state'
import { TextField } from '@/parts/TextField'
import { choiceOf, resolveTime } from '@/time/choice'
import { readEnd } from '@/time/civil'
import { now } from '@/time/clock'
import { zoneLabel } from '@/time/format'
import type { BarProps } from './bar_props'
import styles from './QuickFilters.module.css'

interface DateFieldProps extends BarProps {
  side: 'from' | 'to'
}

/** *Start Date* or *End Date*, with the time, in the shown zone; taken over by Enter and when the field is left. */
export function DateField({ side, state, onChange, zone, weekStart }: DateFieldProps) {
  const t = useTranslations('filter')
  const hint = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [crossed, setCrossed] = useState(false)
  const here = { zone, weekStart, now: now() }
  const range = 'preset' in state.time ? { from: null, to: null } : resolveTime(state.time, here)
  const shown = range[side]?.toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? ''
  const enter = () => {
    if (typed === null || typed === shown) return setTyped(null)
    const next = { ...range, [side]: typed === '' ? null : readEnd(typed, side, zone) }
    const isCrossed =
      next.from !== null &&
      next.to !== null &&
      Temporal.ZonedDateTime.compare(next.from, next.to) >= 0
    setCrossed(isCrossed)
    if (isCrossed) return
    setTyped(null)
    const time: TimeChoice = next.from === null && next.to === null ? INITIAL.time : choiceOf(next)
    onChange({ ...state, time }, 'push')
  }
  return (
    <div className={styles.date}>
      <TextField
        type="datetime-local"
        label={t(side === 'from' ? 'quick.start' : 'quick.end')}
        aria-describedby={hint}
        title={zoneLabel(zone, here.now)}
        min="1970-01-01T00:00"
        max="2261-12-31T23:59"
        error={crossed ? t('quick.crossed') : undefined}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={enter}
        onKeyDown={(event) => {
          if (event.key === 'Enter') enter()
        }}
      />
      <span id={hint} className="visually-hidden">
        {zoneLabel(zone, here.now)}
      </span>
    </div>
  )
}
