import { Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ValueCount } from '@/api/events'
import { valuesQuery } from '@/api/values'
import type { Value } from '@/filter/state'
import { Button } from '@/parts/Button'
import { ProblemStrip } from '@/parts/Problem'
import { TextField } from '@/parts/TextField'
import styles from './QuickFilters.module.css'

interface ActionsFilterProps {
  account: string
  chosen: readonly Value[]
  onChoose: (actions: readonly Value[]) => void
}

/** *Actions*: check boxes with a search; an event with any of the checked actions matches. */
export function ActionsFilter({ account, chosen, onChoose }: ActionsFilterProps) {
  const t = useTranslations('filter')
  const [opened, setOpened] = useState(false)
  const count = chosen.length
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={320}
      position="bottom-start"
      trapFocus
      returnFocus
      withinPortal
      withRoles={false}
    >
      <Popover.Target>
        <Button
          className={styles.actions}
          aria-haspopup="dialog"
          aria-expanded={opened}
          rightSection={
            count > 0 ? (
              <span aria-hidden className={styles.count}>
                {count}
              </span>
            ) : (
              <IconChevronDown size={14} aria-hidden />
            )
          }
          onClick={() => setOpened(!opened)}
        >
          <span aria-hidden={count > 0 || undefined}>{t('quick.actions')}</span>
          {count > 0 && (
            <span className="visually-hidden">{t('quick.actions_chosen', { count })}</span>
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        role="dialog"
        aria-modal
        aria-label={t('quick.actions')}
        className={styles.dropdown}
      >
        <ActionBoxes account={account} chosen={chosen} onChoose={onChoose} />
      </Popover.Dropdown>
    </Popover>
  )
}

function ActionBoxes({ account, chosen, onChoose }: ActionsFilterProps) {
  const t = useTranslations('filter')
  const [search, setSearch] = useState('')
  const query = useQuery(valuesQuery(account, 'action', ''))
  const found = listed(query.data?.values ?? [], chosen).filter(({ value }) =>
    value.includes(search.trim().toLowerCase()),
  )
  const toggle = (value: Value) =>
    onChoose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <>
      <TextField
        data-autofocus
        aria-label={t('quick.search_actions')}
        placeholder={t('quick.search_actions')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {query.isError && <ProblemStrip error={query.error} onRetry={() => void query.refetch()} />}
      <fieldset className={styles.options} aria-label={t('quick.actions')}>
        {query.isSuccess && found.length === 0 && (
          <p className={styles.note}>{t('quick.no_action')}</p>
        )}
        {found.map(({ value, count }) => (
          <label key={value} className={styles.option}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
            />
            <span className={styles.name}>{value}</span>
            <span className={styles.number}>{count.toLocaleString('en')}</span>
          </label>
        ))}
      </fieldset>
      {chosen.length > 0 && (
        <div className={styles.foot}>
          <Button look="quiet" size="sm" onClick={() => onChoose([])}>
            {t('quick.uncheck')}
          </Button>
        </div>
      )}
    </>
  )
}

/** The actions that exist, and those that are chosen although no event has them. */
function listed(values: readonly ValueCount[], chosen: readonly Value[]) {
  const known = values.map(({ value, count }) => ({ value: String(value), count }))
  const missing = chosen.map(String).filter((value) => !known.some((one) => one.value === value))
  return [...missing.map((value) => ({ value, count: 0 })), ...known]
}
