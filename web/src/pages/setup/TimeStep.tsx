import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { ChoiceField } from '@/parts/ChoiceField'
import { ProblemStrip } from '@/parts/Problem'
import { ZoneField } from '@/parts/ZoneField'
import type { WeekStart } from '@/time/week'
import styles from './Setup.module.css'
import { StepFrame } from './StepFrame'

const DAYS = ['mon', 'sun', 'sat'] as const

interface TimeStepProps {
  zone: string
  onZone: (zone: string) => void
  week: WeekStart
  onWeek: (week: WeekStart) => void
  error: unknown
  isPending: boolean
  onBack: () => void
  onNext: () => void
}

/** When days and weeks begin for the account. */
export function TimeStep(props: TimeStepProps) {
  const t = useTranslations('setup')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onNext()
  }
  return (
    <StepFrame step="time">
      <form noValidate onSubmit={submit} className={styles.form}>
        <ZoneField
          label={t('zone')}
          description={t('zone_hint')}
          value={props.zone}
          onChange={props.onZone}
        />
        <ChoiceField
          label={t('week')}
          value={props.week}
          onChange={props.onWeek}
          choices={DAYS.map((day) => ({ value: day, label: t(`days.${day}`) }))}
        />
        {props.error !== null && <ProblemStrip error={props.error} />}
        <div className={styles.buttons}>
          <Button onClick={props.onBack}>{t('back')}</Button>
          <Button look="primary" type="submit" loading={props.isPending}>
            {t('account_submit')}
          </Button>
        </div>
      </form>
    </StepFrame>
  )
}
