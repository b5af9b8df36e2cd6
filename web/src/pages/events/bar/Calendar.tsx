import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '@/parts/IconButton'
import { SelectField } from '@/parts/SelectField'
import { movedDate, weekdaysOf, weeksOf } from '@/time/calendar'
import { longDay, MONTH_NAMES, weekdayName } from '@/time/format'
import type { WeekStart } from '@/time/week'
import styles from './Calendar.module.css'

interface CalendarProps {
  month: Temporal.PlainYearMonth
  years: readonly number[]
  /** The day that Tab comes to. */
  focus: Temporal.PlainDate
  today: Temporal.PlainDate
  weekStart: WeekStart
  /** The marked days; a missing first one lies before everything. */
  marked: { readonly first: Temporal.PlainDate | null; readonly last: Temporal.PlainDate }
  /** Whether today is marked too, because nothing was picked on the calendar yet. */
  todayIsDefault: boolean
  onMonth: (month: Temporal.PlainYearMonth) => void
  onFocus: (date: Temporal.PlainDate) => void
  onPick: (date: Temporal.PlainDate) => void
}

const compare = Temporal.PlainDate.compare

/** One month: Previous, Month, Year, Next, and a grid of its days; later days than today cannot be picked. */
export function Calendar(props: CalendarProps) {
  const { month, focus, today, weekStart, onFocus } = props
  const t = useTranslations('time')
  const grid = useRef<HTMLTableElement>(null)
  const moves = useRef(false)
  // The picker may be loaded after the dialog around it looked where the focus begins.
  useEffect(() => grid.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [])
  useEffect(() => {
    if (!moves.current) return
    moves.current = false
    grid.current?.querySelector<HTMLElement>(`[data-date="${focus}"]`)?.focus()
  }, [focus])
  const onKeyDown = (event: KeyboardEvent) => {
    const next = movedDate(focus, event.key, event.shiftKey, weekStart, today)
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    moves.current = true
    onFocus(next)
  }
  const label = t('calendar', { month: `${MONTH_NAMES[month.month - 1]} ${month.year}` })
  return (
    <div>
      <Header {...props} />
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a date grid is a table in the ARIA practices.
        role="grid"
        aria-label={label}
        className={styles.grid}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {weekdaysOf(weekStart).map((day) => (
              <th
                key={day.dayOfWeek}
                scope="col"
                abbr={weekdayName(day)}
                className={styles.weekday}
              >
                {weekdayName(day).slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month, weekStart).map((week) => (
            <tr key={week.find((day) => day !== null)?.toString()}>
              {week.map((day, column) =>
                day === null ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is its column.
                  <td key={`none-${column}`} className={styles.cell} />
                ) : (
                  <Day key={day.day} date={day} {...props} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Day({
  date,
  focus,
  today,
  marked,
  todayIsDefault,
  onPick,
}: CalendarProps & { date: Temporal.PlainDate }) {
  const isToday = date.equals(today)
  const isMarked =
    (marked.first === null || compare(date, marked.first) >= 0) && compare(date, marked.last) <= 0
  const isFirst = marked.first !== null && date.equals(marked.first)
  const isLast = date.equals(marked.last)
  const isSelected = isMarked || (isToday && todayIsDefault)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside has the focus.
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a day of a date grid is its cell.
      role="gridcell"
      aria-selected={isSelected}
      className={styles.cell}
      data-marked={isMarked || undefined}
      data-first={isFirst || undefined}
      data-last={isLast || undefined}
    >
      <button
        type="button"
        className={styles.day}
        data-date={date.toString()}
        data-autofocus={date.equals(focus) || undefined}
        data-today={isToday || undefined}
        aria-label={longDay(date)}
        aria-current={isToday ? 'date' : undefined}
        tabIndex={date.equals(focus) ? 0 : -1}
        disabled={compare(date, today) > 0}
        onClick={() => onPick(date)}
      >
        {date.day}
      </button>
    </td>
  )
}

function Header({ month, years, today, onMonth }: CalendarProps) {
  const t = useTranslations('time')
  const last = today.toPlainYearMonth()
  const clamped = (next: Temporal.PlainYearMonth) =>
    onMonth(Temporal.PlainYearMonth.compare(next, last) > 0 ? last : next)
  const listed = years.includes(month.year) ? years : [...years, month.year]
  return (
    <div className={styles.header}>
      <IconButton
        label={t('previous')}
        size="sm"
        disabled={month.year <= 1970 && month.month === 1}
        onClick={() => onMonth(month.subtract({ months: 1 }))}
      >
        <IconChevronLeft size={16} aria-hidden className={styles.arrow} />
      </IconButton>
      <SelectField
        aria-label={t('month')}
        className={styles.month}
        value={month.month}
        onChange={(event) => clamped(month.with({ month: Number(event.currentTarget.value) }))}
      >
        {MONTH_NAMES.map((name, at) => (
          <option
            key={name}
            value={at + 1}
            disabled={month.year === last.year && at + 1 > last.month}
          >
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        aria-label={t('year')}
        className={styles.year}
        value={month.year}
        onChange={(event) => clamped(month.with({ year: Number(event.currentTarget.value) }))}
      >
        {listed.map((year) => (
          <option key={year} value={year}>
            {year}
          </option>
        ))}
      </SelectField>
      <IconButton
        label={t('next')}
        size="sm"
        disabled={Temporal.PlainYearMonth.compare(month, last) >= 0}
        onClick={() => onMonth(month.add({ months: 1 }))}
      >
        <IconChevronRight size={16} aria-hidden className={styles.arrow} />
      </IconButton>
    </div>
  )
}
