import { useMediaQuery } from '@mantine/hooks'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Locked } from '@/filter/search'
import { type GuidePage, LearnMore } from '@/parts/LearnMore'
import { useTitle } from '@/parts/Page'
import { useDisplay } from '@/shell/display'
import { now } from '@/time/clock'
import { needsYear } from '@/time/format'
import { civilRange } from './civil_range'
import { essentialColumns, shownColumns } from './columns'
import styles from './EventLog.module.css'
import { FacetRail } from './FacetRail'
import { Histogram } from './Histogram'
import { ListHead } from './ListHead'
import { ListPane } from './ListPane'
import { useListKeys } from './list_keys'
import { Toolbar } from './Toolbar'
import { useLog } from './use_log'

const LogPanel = lazy(async () => ({ default: (await import('./LogPanel')).LogPanel }))

interface EventLogProps {
  title: string
  guide: GuidePage
  /** What cannot be removed here: the log of one resource, the activity of one person. */
  locked?: Locked & { readonly label: string }
  /** What stands above the title. */
  above?: ReactNode
}

/** A log: the account's, a resource's or a person's, with search, filters, chart, value counts, list and details. */
export function EventLog({ title, guide, locked, above }: EventLogProps) {
  useTitle(title)
  const display = useDisplay()
  const log = useLog(locked)
  const { account, state, context, search, list, change } = log
  const { zone } = context
  const { range } = list
  const [asTable, setAsTable] = useState(false)
  const narrow = useMediaQuery('(max-width: 700px)', false, { getInitialValueInEffect: false })
  useListKeys(log)

  const isSetShown = state.columns === null && display.columns === null
  const times = {
    zone,
    year: range === null || needsYear(civilRange(range, zone), zone, now()),
    activity: display.columnSet === 'activity' && isSetShown,
  }
  const columns = shownColumns(state.columns, display.columns, display.columnSet)
  const isTight = narrow || state.event !== null
  return (
    <div className={styles.log} data-panel={state.event !== null || undefined}>
      <div className={styles.head}>
        {above}
        <Toolbar
          title={title}
          learn={<LearnMore page={guide} />}
          account={account}
          state={state}
          onChange={change}
          dropped={log.dropped}
          context={context}
          columns={columns}
          range={range}
          live={list.live}
          lockedLabel={locked?.label}
        />
        <ListHead
          total={list.total}
          range={range}
          zone={zone}
          rate={list.rate}
          asTable={asTable}
          onTable={setAsTable}
        />
        <Histogram
          account={account}
          search={search}
          zone={zone}
          asTable={asTable}
          onZoom={(time) => change({ ...state, time, event: null })}
        />
      </div>
      <div className={styles.body}>
        <FacetRail log={log} />
        <ListPane
          log={log}
          columns={isTight ? essentialColumns(columns, !narrow) : columns}
          tight={isTight}
          times={times}
          rowHeight={narrow ? 48 : display.compact ? 32 : 40}
        />
        <Suspense>{state.event !== null && <LogPanel log={log} id={state.event} />}</Suspense>
      </div>
    </div>
  )
}
