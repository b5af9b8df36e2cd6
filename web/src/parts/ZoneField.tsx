import { Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { now } from '@/time/clock'
import { offsetText } from '@/time/format'
import styles from './TextField.module.css'
import zone from './ZoneField.module.css'

interface ZoneFieldProps {
  label: string
  description?: string
  /** An IANA name. */
  value: string
  onChange: (zone: string) => void
  error?: string | undefined
  disabled?: boolean
}

/** More are reached by typing. */
const SHOWN = 60

/** A time zone, found by typing any part of its name. */
export function ZoneField({ value, onChange, ...rest }: ZoneFieldProps) {
  const t = useTranslations('blocks')
  const [typed, setTyped] = useState(value)
  const zones = useMemo(() => zoneNames(value), [value])
  return (
    <Select
      data={zones}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      // What was typed and not chosen gives way to what is in force.
      onDropdownClose={() => setTyped(value)}
      selectFirstOptionOnChange
      allowDeselect={false}
      limit={SHOWN}
      maxDropdownHeight={280}
      nothingFoundMessage={t('zone_none')}
      filter={({ options, search, limit }) => {
        const words = plain(search).split(' ')
        return options
          .filter((one) => 'value' in one && words.every((word) => plain(one.value).includes(word)))
          .slice(0, limit)
      }}
      renderOption={({ option }) => (
        <span className={zone.option}>
          <span className={zone.name}>{option.value.replaceAll('_', ' ')}</span>
          <span className={zone.offset}>{offset(option.value)}</span>
        </span>
      )}
      comboboxProps={{ transitionProps: { duration: 0 }, withinPortal: false }}
      classNames={{
        input: styles.input ?? '',
        label: styles.label ?? '',
        description: styles.description ?? '',
        error: styles.error ?? '',
        dropdown: zone.dropdown ?? '',
        option: zone.line ?? '',
      }}
      {...rest}
    />
  )
}

/** UTC first, then all that the browser knows; an older name that is in use stays. */
function zoneNames(used: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set(['UTC', ...known, used])]
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[/_\s]+/g, ' ')
    .trim()

function offset(name: string): string {
  return offsetText(now().toZonedDateTimeISO(name))
}
