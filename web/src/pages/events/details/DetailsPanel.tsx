import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type EventDetails, eventQuery } from '@/api/event'
import { problemOf } from '@/api/problem'
import type { Criterion } from '@/filter/state'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { Tabs } from '@/parts/Tabs'
import { Around } from './Around'
import styles from './DetailsPanel.module.css'
import { Footer } from './Footer'
import { Header } from './Header'
import { Json } from './Json'
import { PanelActions } from './panel_context'
import { Summary } from './Summary'

export { DETAILS_TITLE_ID } from './Header'

interface DetailsPanelProps {
  account: string
  eventId: string
  /** What the list has of it; it is shown until the whole event is there. */
  known?: EventDetails | undefined
  /** The IANA zone of the times. */
  zone: string
  onClose: () => void
  onNext?: (() => void) | undefined
  onPrevious?: (() => void) | undefined
  onOpen: (id: string) => void
  /** Shows only events that meet a criterion, whose operator is `eq` or `in_network`. */
  onOnly: (criterion: Criterion) => void
  /** Leaves out events by a criterion whose operator is `ne`. */
  onExclude: (criterion: Criterion) => void
}

/** Everything about one event. The region around it is named by {@link DETAILS_TITLE_ID}. */
export function DetailsPanel(props: DetailsPanelProps) {
  const { account, eventId, known, zone, onClose, onNext, onPrevious, onOnly, onExclude } = props
  const t = useTranslations('details')
  const { data, error, isPending, refetch } = useQuery(eventQuery(account, eventId))
  const isMissing = error !== null && problemOf(error).status === 404
  const event = data ?? (isMissing || known?.id !== eventId ? undefined : known)
  const actions = useMemo(
    () => ({ account, zone, onOnly, onExclude }),
    [account, zone, onOnly, onExclude],
  )
  return (
    <PanelActions actions={actions}>
      <div className={styles.panel} aria-busy={isPending}>
        <Header
          event={event}
          title={isMissing ? t('missing_title') : t('loading')}
          onClose={onClose}
          onNext={onNext}
          onPrevious={onPrevious}
        />
        <div className={styles.body}>
          {isMissing && (
            <p role="alert" className={styles.missing}>
              {t('missing')}
            </p>
          )}
          {error !== null && !isMissing && (
            <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
          )}
          {event === undefined && isPending && <Skeleton lines={12} height={28} />}
          {event !== undefined && <Content event={event} onOpen={props.onOpen} />}
        </div>
        {event !== undefined && <Footer event={event} />}
      </div>
    </PanelActions>
  )
}

function Content({ event, onOpen }: { event: EventDetails; onOpen: (id: string) => void }) {
  const t = useTranslations('details')
  const [tab, setTab] = useState('summary')
  return (
    <Tabs
      label={t('tabs')}
      shown={tab}
      onShow={setTab}
      tabs={[
        { key: 'summary', label: t('summary'), content: <Summary event={event} /> },
        { key: 'json', label: t('json.title'), content: <Json event={event} /> },
        {
          key: 'around',
          label: t('around.title'),
          content: <Around event={event} onOpen={onOpen} />,
        },
      ]}
    />
  )
}
