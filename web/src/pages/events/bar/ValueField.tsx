import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { ValueCount } from '@/api/events'
import { valuesQuery } from '@/api/values'
import { columnOf, takesList } from '@/filter/columns'
import { type LabelOf, valueText } from '@/filter/describe'
import { type DraftRow, type Picked, takeTyped, withPicked } from '@/filter/draft'
import type { Value } from '@/filter/state'
import styles from './ValueField.module.css'
import { ValueList } from './ValueList'

interface ValueFieldProps {
  account: string
  row: DraftRow
  onChange: (row: DraftRow) => void
  /** Enter, when it means nothing else in the field. */
  onEnter: () => void
  labelOf: LabelOf
  /** Ids of the texts that say what is wrong. */
  describedBy: string | undefined
}

/** The value of a row: the values that exist, with their counts, or any other text; for lists, several. */
export function ValueField({
  account,
  row,
  onChange,
  onEnter,
  labelOf,
  describedBy,
}: ValueFieldProps) {
  const t = useTranslations('filter')
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() })
  const isList = row.op !== '' && takesList(row.op)
  const { values, state } = useExistingValues(account, row, store.dropdownOpened)
  const nameOf = ({ value, label }: Picked) => label ?? valueText(row.column, value, t, labelOf)
  const [single] = row.picked
  const shown = isList || single === undefined ? row.text : nameOf(single)
  const pick = (one: ValueCount) => {
    const value = one.value as Value
    const isThere = isList && row.picked.some((old) => old.value === value)
    const rest = { ...row, text: '', picked: row.picked.filter((old) => old.value !== value) }
    onChange(isThere ? rest : withPicked(row, { value, label: one.label }))
    if (!isList) store.closeDropdown()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && isList && row.text === '') {
      onChange({ ...row, picked: row.picked.slice(0, -1) })
    }
    const isOnOption = store.dropdownOpened && store.getSelectedOptionIndex() !== -1
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || isOnOption) return
    event.preventDefault()
    if (isList && row.text.trim() !== '') onChange(takeTyped(row))
    else onEnter()
  }
  return (
    <Combobox
      store={store}
      // Inside the dialog, because what lies outside of a modal one is hidden from screen readers.
      withinPortal={false}
      floatingStrategy="fixed"
      onOptionSubmit={(at) => {
        const one = values[Number(at)]
        if (one !== undefined) pick(one)
      }}
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: styles.dropdown ?? '', option: styles.item ?? '' }}
    >
      <Combobox.DropdownTarget>
        <PillsInput
          className={styles.field}
          classNames={{ input: styles.input ?? '' }}
          error={describedBy !== undefined}
          onClick={() => store.openDropdown()}
        >
          <Pill.Group>
            {isList &&
              row.picked.map((one) => (
                <Pill
                  key={JSON.stringify(one.value)}
                  withRemoveButton
                  className={styles.pill ?? ''}
                  onRemove={() =>
                    onChange({ ...row, picked: row.picked.filter((old) => old !== one) })
                  }
                  removeButtonProps={{
                    'aria-label': t('window.remove_value', { value: nameOf(one) }),
                    'aria-hidden': false,
                  }}
                >
                  {nameOf(one)}
                </Pill>
              ))}
            <Combobox.EventsTarget withExpandedAttribute>
              <PillsInput.Field
                aria-label={t('window.value')}
                aria-invalid={describedBy !== undefined}
                aria-describedby={describedBy}
                placeholder={isList && row.picked.length > 0 ? '' : t('window.value')}
                value={shown}
                onFocus={() => {
                  // The list would cover what is wrong.
                  if (describedBy === undefined) store.openDropdown()
                }}
                onBlur={() => store.closeDropdown()}
                onChange={(event) => {
                  onChange({
                    ...row,
                    text: event.currentTarget.value,
                    picked: isList ? row.picked : [],
                  })
                  store.openDropdown()
                  store.resetSelectedOption()
                }}
                onKeyDown={onKeyDown}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('window.values')} className={styles.options}>
          <ValueList
            column={row.column}
            values={values}
            chosen={row.picked.map(({ value }) => value)}
            state={state}
          />
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** The values to offer: those that begin with what is typed, loaded when the list opens. */
function useExistingValues(account: string, row: DraftRow, enabled: boolean) {
  const t = useTranslations('filter')
  const column = columnOf(row.column)
  const isFixed =
    column?.kind === 'weekday' || column?.kind === 'first_seen' || column?.kind === 'hour'
  const [prefix] = useDebouncedValue(row.text.trim(), 150)
  const query = useQuery({
    ...valuesQuery(account, row.column, isFixed ? '' : prefix),
    enabled: enabled && column !== null,
  })
  const values = query.data?.values ?? []
  if (!isFixed) return { values, state: query.status }
  const typed = row.text.trim().toLowerCase()
  const begins = (one: ValueCount) =>
    valueText(row.column, one.value as Value, t)
      .toLowerCase()
      .startsWith(typed)
  return { values: values.filter(begins), state: query.status }
}
