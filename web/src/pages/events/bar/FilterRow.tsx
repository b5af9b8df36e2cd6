import { IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { COLUMN_NAMES, columnOf, columnText, metadataKey, takesNoValue } from '@/filter/columns'
import { criterionText, type LabelOf } from '@/filter/describe'
import {
  criterionOf,
  type DraftRow,
  type Gap,
  isWhole,
  withColumn,
  withOperator,
} from '@/filter/draft'
import type { Operator } from '@/filter/state'
import { IconButton } from '@/parts/IconButton'
import { SelectField } from '@/parts/SelectField'
import { useMayAsk } from '@/shell/session'
import styles from './FilterRow.module.css'
import type { MetadataField } from './useMetadataFields'
import { ValueField } from './ValueField'

interface FilterRowProps {
  account: string
  row: DraftRow
  /** Counted from 1. */
  number: number
  fields: readonly MetadataField[]
  labelOf: LabelOf
  /** What is missing, once that is to be shown. */
  gap: Gap | null
  /** Whether the focus starts here. */
  first: boolean
  onChange: (row: DraftRow) => void
  onEnter: () => void
  onRemove?: () => void
}

const SEEDS = 3

/** One criterion of the Filter By window: column, operator, value. */
export function FilterRow({
  account,
  row,
  number,
  fields,
  labelOf,
  gap,
  first,
  onChange,
  onEnter,
  onRemove,
}: FilterRowProps) {
  const t = useTranslations('filter')
  const errorId = useId()
  const operators = columnOf(row.column)?.operators ?? (['eq', 'ne'] as const)
  const read = criterionOf(row)
  const words = isWhole(read) ? criterionText(read, t, labelOf) : t('window.unfinished')
  return (
    <fieldset
      className={styles.row}
      data-alone={onRemove === undefined || undefined}
      aria-label={t('window.row', { number })}
    >
      <SelectField
        aria-label={t('window.column')}
        error={gap === 'column'}
        aria-describedby={gap === 'column' ? errorId : undefined}
        data-autofocus={first || undefined}
        data-column={row.key}
        data-empty={row.column === '' || undefined}
        className={styles.column}
        value={row.column}
        onChange={(event) => onChange(withColumn(row, event.currentTarget.value))}
      >
        <Columns row={row} fields={fields} />
      </SelectField>
      <SelectField
        aria-label={t('window.operator')}
        error={gap === 'operator'}
        aria-describedby={gap === 'operator' ? errorId : undefined}
        data-empty={row.op === '' || undefined}
        className={styles.operator}
        value={row.op}
        onChange={(event) => onChange(withOperator(row, event.currentTarget.value as Operator))}
      >
        {row.op === '' && (
          <option value="" disabled hidden>
            {t('window.operator')}
          </option>
        )}
        {operators.map((op) => (
          <option key={op} value={op}>
            {t(`operators.${op}`)}
          </option>
        ))}
      </SelectField>
      <div className={styles.value}>
        {(row.op === '' || !takesNoValue(row.op)) && (
          <ValueField
            account={account}
            row={row}
            onChange={onChange}
            onEnter={onEnter}
            labelOf={labelOf}
            describedBy={gap === 'value' || gap === 'bad_value' ? errorId : undefined}
          />
        )}
      </div>
      {onRemove !== undefined && (
        <IconButton label={t('window.remove', { number, words })} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </IconButton>
      )}
      {gap !== null && (
        <p id={errorId} className={styles.error}>
          {t(`window.gap.${gap === 'bad_value' ? badValue(row) : gap}`)}
        </p>
      )}
    </fieldset>
  )
}

function Columns({ row, fields }: { row: DraftRow; fields: readonly MetadataField[] }) {
  const t = useTranslations('filter')
  const key = metadataKey(row.column)
  const isListed = key === null || fields.some((field) => field.key === key)
  const known = isListed ? fields : [...fields, { key, label: key }]
  const mayAsk = useMayAsk()
  // What is chosen already stays, so that the refusal can be understood.
  const offered = (name: string) => mayAsk(name) || name === row.column
  const all = known.filter((field) => offered(`metadata.${field.key}`))
  const option = (name: string) => (
    <option key={name} value={name}>
      {columnText(name, t)}
    </option>
  )
  return (
    <>
      {row.column === '' && (
        <option value="" disabled hidden>
          {t('window.column')}
        </option>
      )}
      {COLUMN_NAMES.slice(0, SEEDS).filter(offered).map(option)}
      <optgroup label={t('window.more_columns')}>
        {COLUMN_NAMES.slice(SEEDS).filter(offered).map(option)}
      </optgroup>
      {all.length > 0 && (
        <optgroup label={t('window.metadata')}>
          {all.map((field) => (
            <option key={field.key} value={`metadata.${field.key}`}>
              {field.label}
            </option>
          ))}
        </optgroup>
      )}
    </>
  )
}

/** Which rule a value breaks. */
function badValue(row: DraftRow): 'bad_value' | 'bad_network' | 'bad_address' | 'bad_hour' {
  if (row.op === 'in_network') return 'bad_network'
  if (row.column === 'ip') return 'bad_address'
  return row.column === 'hour' ? 'bad_hour' : 'bad_value'
}
