import { useTranslations } from 'use-intl'
import type { ColumnSet } from '@/api/display'
import { COLUMN_SETS } from '@/pages/events/columns'
import { type Choice, ChoiceField } from '@/parts/ChoiceField'

const SETS = ['account', 'developer', 'activity'] as const

interface ColumnSetFieldProps<Value extends string> {
  value: ColumnSet | Value
  onChange: (value: ColumnSet | Value) => void
  /** A choice before the three, such as "as in the account". */
  first?: Choice<Value>
  disabled?: boolean
}

/** The three built-in column sets, each with its columns in their order. */
export function ColumnSetField<Value extends string = never>({
  value,
  onChange,
  first,
  disabled,
}: ColumnSetFieldProps<Value>) {
  const t = useTranslations('preferences')
  const columns = useTranslations('events.columns')
  const sets = SETS.map((set) => ({
    value: set,
    label: t(`sets.${set}`),
    detail: COLUMN_SETS[set].map((column) => columns(column)).join(' · '),
  }))
  return (
    <ChoiceField<ColumnSet | Value>
      label={t('column_set')}
      value={value}
      onChange={onChange}
      choices={first === undefined ? sets : [first, ...sets]}
      {...(disabled !== undefined && { disabled })}
    />
  )
}
