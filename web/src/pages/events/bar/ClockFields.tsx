import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TimeChoice } from '@/filter/state'
import { TextField } from '@/parts/TextField'
import type { Range } from '@/time/civil'
import { endClock, withClock } from '@/time/pick'
import type { Here } from '@/time/presets'
import styles from './TimePicker.module.css'

interface ClockFieldsProps {
  choice: TimeChoice
  range: Range
  here: Here
  onChange: (choice: TimeChoice) => void
  /** Told whether what is typed cannot be used. */
  onBad: (bad: boolean) => void
}

/** The clocks at both ends, `HH:MM`; an open end has none. */
export function ClockFields(props: ClockFieldsProps) {
  const t = useTranslations('time')
  const [bad, setBad] = useState<{ from?: boolean; to?: boolean }>({})
  const tell = (side: 'from' | 'to', isBad: boolean) => {
    const next = { ...bad, [side]: isBad }
    setBad(next)
    props.onBad(next.from === true || next.to === true)
  }
  return (
    <div>
      <div className={styles.clocks}>
        {(['from', 'to'] as const).map((side) => (
          <ClockField
            key={side}
            side={side}
            isBad={bad[side] === true}
            onJudge={(isBad) => tell(side, isBad)}
            {...props}
          />
        ))}
      </div>
      {(bad.from === true || bad.to === true) && (
        <p role="alert" className={styles.error}>
          {t('bad_time')}
        </p>
      )}
    </div>
  )
}

interface ClockFieldProps extends ClockFieldsProps {
  side: 'from' | 'to'
  isBad: boolean
  onJudge: (bad: boolean) => void
}

function ClockField({ side, choice, range, here, onChange, isBad, onJudge }: ClockFieldProps) {
  const t = useTranslations('time')
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextField
      label={t(side === 'from' ? 'start_time' : 'end_time')}
      className={styles.clock}
      inputMode="numeric"
      autoComplete="off"
      placeholder={t('clock_example')}
      disabled={range[side] === null}
      error={isBad}
      value={typed ?? endClock(range, side)}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        const text = event.currentTarget.value
        const next = withClock(choice, side, text, here)
        setTyped(text)
        onJudge(next === null)
        if (next !== null) onChange(next)
      }}
      onBlur={() => {
        if (!isBad) setTyped(null)
      }}
    />
  )
}
