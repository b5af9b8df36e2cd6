import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TimeChoice } from '@/filter/state'
import { Button } from '@/parts/Button'
import { TextField } from '@/parts/TextField'
import { within, yearsOf } from '@/time/calendar'
import { resolveTime } from '@/time/choice'
import { now as readClock } from '@/time/clock'
import { parseTyped } from '@/time/parse'
import { datesOf, type Pick, pickDay, wholeMonth, wholeYear } from '@/time/pick'
import { todayOf } from '@/time/presets'
import type { WeekStart } from '@/time/week'
import { Calendar } from './Calendar'
import { ClockFields } from './ClockFields'
import { PresetList } from './PresetList'
import { RangeFooter } from './RangeFooter'
import styles from './TimePicker.module.css'
import { ZoneSelect } from './ZoneSelect'

interface TimePickerProps {
  time: TimeChoice
  zone: string
  weekStart: WeekStart
  accountZone: string | null
  /** When the account was made, RFC 3339, or its oldest event: where *All Time* begins. */
  since: string | null
  onApply: (time: TimeChoice, zone: string) => void
  onCancel: () => void
}

/** Presets on the left, a calendar on the right, the exact range below; nothing changes before Apply. */
export function TimePicker({
  time,
  zone: shownZone,
  weekStart,
  accountZone,
  since,
  onApply,
  onCancel,
}: TimePickerProps) {
  const t = useTranslations('time')
  const form = useId()
  const [now] = useState(readClock)
  const [zone, setZone] = useState(shownZone)
  const here = { zone, weekStart, now }
  const today = todayOf(here)
  const [pick, setPick] = useState<Pick>({ choice: time, next: 'start' })
  const [touched, setTouched] = useState(false)
  const [focus, setFocus] = useState(today)
  const [month, setMonth] = useState(today.toPlainYearMonth())
  const [typed, setTyped] = useState('')
  const [typedBad, setTypedBad] = useState(false)
  const [clockBad, setClockBad] = useState(false)
  const [round, setRound] = useState(0)
  const range = resolveTime(pick.choice, here)
  const start =
    since === null ? null : Temporal.Instant.from(since).toZonedDateTimeISO(zone).toPlainDate()
  const lookAt = (date: Temporal.PlainDate) => {
    const near = within(date, today)
    setFocus(near)
    setMonth(near.toPlainYearMonth())
  }
  const choose = (next: Pick, look: boolean, text = '') => {
    setTyped(text)
    setTypedBad(false)
    setPick(next)
    setTouched(true)
    setClockBad(false)
    setRound(round + 1)
    if (look) lookAt(datesOf(resolveTime(next.choice, here), start, today).last)
  }
  const type = (text: string) => {
    setTyped(text)
    setTypedBad(false)
    const choice = parseTyped(text, here)
    if (choice !== null) choose({ choice, next: 'start' }, true, text)
  }
  const apply = () => {
    const isBad = typed.trim() !== '' && parseTyped(typed, here) === null
    setTypedBad(isBad)
    if (!isBad && !clockBad) onApply(pick.choice, zone)
  }
  return (
    <form
      id={form}
      className={styles.picker}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <PresetList
        choice={pick.choice}
        onChoose={(preset) => choose({ choice: { preset }, next: 'start' }, true)}
      />
      <div className={styles.main}>
        <TextField
          aria-label={t('typed')}
          placeholder={t('typed_example')}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          error={typedBad ? t('typed_bad') : undefined}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Calendar
          month={month}
          years={yearsOf(today, start?.year, range.from?.year)}
          focus={focus.toPlainYearMonth().equals(month) ? focus : firstShown(month, today)}
          today={today}
          weekStart={weekStart}
          marked={datesOf(range, start, today)}
          todayIsDefault={!touched && !('preset' in pick.choice)}
          onMonth={setMonth}
          onFocus={lookAt}
          onPick={(date) => {
            lookAt(date)
            choose(pickDay(pick, date, here), false)
          }}
        />
        <div className={styles.wholes}>
          <Button
            look="quiet"
            size="sm"
            onClick={() => choose({ choice: wholeMonth(month, zone), next: 'start' }, false)}
          >
            {t('whole_month')}
          </Button>
          <Button
            look="quiet"
            size="sm"
            onClick={() => choose({ choice: wholeYear(month, zone), next: 'start' }, false)}
          >
            {t('whole_year')}
          </Button>
        </div>
        <ClockFields
          key={`${round}`}
          choice={pick.choice}
          range={range}
          here={here}
          onChange={(choice) => {
            setTyped('')
            setPick({ choice, next: 'start' })
          }}
          onBad={setClockBad}
        />
      </div>
      <div className={styles.footer}>
        <RangeFooter choice={pick.choice} range={range} here={here} since={since} />
        <div className={styles.actions}>
          <ZoneSelect
            zone={zone}
            accountZone={accountZone}
            now={now}
            className={styles.zone}
            onChange={setZone}
          />
          <Button onClick={onCancel}>{t('cancel')}</Button>
          <Button look="primary" type="submit">
            {t('apply')}
          </Button>
        </div>
      </div>
    </form>
  )
}

/** The day that Tab comes to in a month where the focus is not. */
function firstShown(month: Temporal.PlainYearMonth, today: Temporal.PlainDate): Temporal.PlainDate {
  return within(month.toPlainDate({ day: 1 }), today)
}
