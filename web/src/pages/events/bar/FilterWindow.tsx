import { useId, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import type { DraftRow } from '@/filter/draft'
import { clearAll, isFiltered, setFilter } from '@/filter/edit'
import { searchBody } from '@/filter/search'
import type { LogState } from '@/filter/state'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import type { BarProps } from './bar_props'
import { DraftCount } from './DraftCount'
import { FilterRow } from './FilterRow'
import styles from './FilterWindow.module.css'
import { MatchTabs } from './MatchTabs'
import { useFilterDraft } from './useFilterDraft'
import { useFocusBack } from './useFocusBack'
import { useMetadataFields } from './useMetadataFields'
import { useValueLabels } from './useValueLabels'

interface FilterWindowProps extends BarProps {
  opened: boolean
  onClose: () => void
}

/** *Filter By*: rows of column, operator and value under one AND or OR; nothing changes before Apply. */
export function FilterWindow({ opened, onClose, ...rest }: FilterWindowProps) {
  const t = useTranslations('filter')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('window.title')} width={720}>
      <Draft onClose={onClose} {...rest} />
    </Dialog>
  )
}

/** Lives as long as the window is open, so that each opening begins with what is applied. */
function Draft({
  state,
  onChange,
  account,
  zone,
  weekStart,
  locked,
  onClose,
}: Omit<FilterWindowProps, 'opened'>) {
  const t = useTranslations('filter')
  const panel = useId()
  useFocusBack()
  const list = useRef<HTMLDivElement>(null)
  const draft = useFilterDraft(state.filter)
  const fields = useMetadataFields(account)
  const labelOf = useValueLabels(account, draft.criteria)
  const search = searchBody(setFilter(state, { match: draft.match, criteria: draft.criteria }), {
    zone,
    weekStart,
    ...(locked !== undefined && { locked }),
  })
  const moveFocus = (change: () => DraftRow | null) => {
    const row = flushSync(change)
    const target = row === null ? '[data-add]' : `[data-column="${row.key}"]`
    list.current?.querySelector<HTMLElement>(target)?.focus()
  }
  const apply = () => {
    let filter: LogState['filter'] | null = null
    flushSync(() => {
      filter = draft.finish()
    })
    if (filter === null) {
      list.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
      return
    }
    onChange(setFilter(state, filter), 'push')
    onClose()
  }
  return (
    <>
      <MatchTabs match={draft.match} onChange={draft.setMatch} panel={panel} />
      <div
        ref={list}
        id={panel}
        role="tabpanel"
        aria-labelledby={`${panel}-${draft.match}`}
        className={styles.rows}
      >
        {draft.rows.map((row, at) => (
          <FilterRow
            key={row.key}
            account={account}
            row={row}
            number={at + 1}
            fields={fields}
            labelOf={labelOf}
            gap={draft.gapOf(row)}
            first={at === draft.rows.length - 1}
            onChange={draft.change}
            onEnter={apply}
            onRemove={() => moveFocus(() => draft.remove(row))}
          />
        ))}
        {draft.rows.length === 0 && <p className={styles.none}>{t('window.none')}</p>}
        <Button
          look="quiet"
          className={styles.add}
          data-add
          {...(draft.rows.length === 0 && { 'data-autofocus': true })}
          onClick={() => moveFocus(draft.add)}
        >
          {t('window.add')}
        </Button>
      </div>
      <div className={styles.footer}>
        <Button
          onClick={() => {
            if (isFiltered(state)) onChange(clearAll(state), 'push')
            moveFocus(draft.clear)
          }}
        >
          {t('window.clear')}
        </Button>
        <DraftCount account={account} search={search} className={styles.status} />
        <Button onClick={onClose}>{t('window.cancel')}</Button>
        <Button look="primary" onClick={apply}>
          {t('window.apply')}
        </Button>
      </div>
    </>
  )
}
