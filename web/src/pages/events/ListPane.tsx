import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import type { TimeStyle } from './Cell'
import type { ListColumn } from './columns'
import styles from './EventLog.module.css'
import { EventTable } from './EventTable'
import { LivePill } from './LivePill'
import type { Log } from './use_log'

const EmptyList = lazy(async () => ({ default: (await import('./EmptyList')).EmptyList }))

interface ListPaneProps {
  log: Log
  columns: readonly ListColumn[]
  /** Whether there is room for the essential columns only. */
  tight: boolean
  times: TimeStyle
  /** Pixels. */
  rowHeight: number
}

/** The rows, or what stands in their place while they load, when there are none, when they could not be loaded. */
export function ListPane({ log, columns, tight, times, rowHeight }: ListPaneProps) {
  const t = useTranslations('events')
  const { list, state } = log
  const { events } = list
  return (
    <div className={styles.list}>
      <LivePill waiting={list.waiting} onShow={list.showWaiting} />
      {list.error !== null && (
        <div className={styles.problem}>
          <ProblemStrip what={t('failed')} error={list.error} onRetry={list.retry} />
        </div>
      )}
      {list.loading && list.error === null && (
        <div className={styles.loading}>
          <Skeleton lines={12} height={rowHeight} />
        </div>
      )}
      <Suspense>
        {!list.loading && events.length === 0 && list.error === null && (
          <EmptyList
            account={log.account}
            state={state}
            search={log.search}
            locked={log.context.locked}
            onChange={log.change}
          />
        )}
      </Suspense>
      {events.length > 0 && (
        <EventTable
          events={events}
          total={list.total ?? events.length}
          columns={columns}
          tight={tight}
          times={times}
          rowHeight={rowHeight}
          openedId={state.event}
          active={log.active}
          onActive={log.setActive}
          onOpen={log.open}
          onNearEnd={list.more}
          onAtTop={log.setAtTop}
          stale={list.stale}
        />
      )}
    </div>
  )
}
