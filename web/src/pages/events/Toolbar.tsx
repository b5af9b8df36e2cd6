import { IconChevronDown } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { EventPage } from '@/api/events'
import type { SearchContext } from '@/filter/search'
import type { LogState } from '@/filter/state'
import type { Dropped } from '@/filter/url'
import { Button } from '@/parts/Button'
import { useDisplay } from '@/shell/display'
import { now } from '@/time/clock'
import { Chips } from './bar/Chips'
import { ColumnChooser } from './ColumnChooser'
import { CopyLink } from './CopyLink'
import type { ListColumn } from './columns'
import { FilterAndTime } from './FilterAndTime'
import { LiveButton } from './LiveButton'
import type { LiveState } from './live'
import type { How } from './log_state'
import { SearchField } from './SearchField'
import styles from './Toolbar.module.css'
import { Views } from './Views'

const QuickFilters = lazy(async () => ({
  default: (await import('./bar/QuickFilters')).QuickFilters,
}))

interface ToolbarProps {
  title: string
  learn: ReactNode
  account: string
  state: LogState
  onChange: (next: LogState, how?: How) => void
  dropped: readonly Dropped[]
  context: SearchContext
  columns: readonly ListColumn[]
  range: EventPage['range'] | null
  live: LiveState
  /** The fixed part of the question, in words, on a resource's or a person's log. */
  lockedLabel: string | undefined
}

/** The head of a log: title, live, views; then search, filters, time, columns and link. */
export function Toolbar(props: ToolbarProps) {
  const { title, learn, account, state, onChange, dropped, context, columns, range, live } = props
  const t = useTranslations('events')
  const { columnSet } = useDisplay()
  const [filtering, setFiltering] = useState(false)
  const [chosenQuick, setQuick] = useState<boolean | null>(null)
  const quick = chosenQuick ?? (columnSet === 'developer' || usesQuickFilters(state))
  const bar = { account, state, onChange, ...context }
  return (
    <>
      <header className={styles.header}>
        <h1>{title}</h1>
        {props.lockedLabel !== undefined && (
          <span className={styles.locked}>{props.lockedLabel}</span>
        )}
        {learn}
        <div className={styles.actions}>
          <LiveButton
            live={live}
            on={state.live}
            onToggle={() => onChange({ ...state, live: !state.live })}
          />
          <Views account={account} state={state} context={context} onChange={onChange} />
        </div>
      </header>
      <div className={styles.bar}>
        <SearchField q={state.q} onSearch={(q) => onChange({ ...state, q }, 'replace')} />
        <FilterAndTime {...bar} filtering={filtering} onFiltering={setFiltering} />
        <ColumnChooser
          shown={columns}
          onChange={(chosen) => onChange({ ...state, columns: chosen }, 'replace')}
        />
        <CopyLink
          state={state}
          here={{ zone: context.zone, weekStart: context.weekStart, now: now() }}
          range={range}
        />
        <Button
          look="quiet"
          aria-expanded={quick}
          rightSection={<IconChevronDown size={14} aria-hidden className={styles.chevron} />}
          onClick={() => setQuick(!quick)}
        >
          {t('quick')}
        </Button>
      </div>
      <Suspense fallback={quick && <div className={styles.quick} />}>
        {quick && <QuickFilters {...bar} />}
      </Suspense>
      <Chips {...bar} onEditFilter={() => setFiltering(true)} />
      {dropped.length > 0 && (
        <p role="status" className={styles.dropped}>
          {t('dropped', { parts: dropped.map(({ name, text }) => `${name}=${text}`).join(', ') })}
        </p>
      )}
    </>
  )
}

/** Whether something is chosen that only the quick filters show. */
function usesQuickFilters({ refine }: LogState): boolean {
  return refine.some(({ column }) => column === 'action' || column === 'actor_email')
}
