import { useTranslations } from 'use-intl'
import { SelectField } from '@/parts/SelectField'
import type { WeekStart } from '@/time/week'

const DAYS = ['mon', 'sun', 'sat'] as const

interface WeekFieldProps {
  value: WeekStart | null
  onChange: (value: WeekStart | null) => void
  /** What is in force while nothing is chosen, in words. */
  otherwise: string
  disabled?: boolean
}

/** The first day of a week, or whatever is in force otherwise. */
export function WeekField({ value, onChange, otherwise, disabled }: WeekFieldProps) {
  const t = useTranslations('preferences')
  return (
    <SelectField
      label={t('week_start')}
      value={value ?? ''}
      disabled={disabled ?? false}
      onChange={({ currentTarget }) =>
        onChange(DAYS.find((day) => day === currentTarget.value) ?? null)
      }
      data={[
        { value: '', label: otherwise },
        ...DAYS.map((day) => ({ value: day, label: t(`days.${day}`) })),
      ]}
    />
  )
}
