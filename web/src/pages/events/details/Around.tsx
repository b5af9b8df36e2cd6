import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { AROUND_MINUTES, aroundQuery, type Circle, circleOf } from '@/api/around'
import type { EventDetails } from '@/api/event'
import { ProblemStrip } from '@/parts/Problem'
import { Segmented } from '@/parts/Segmented'
import { Skeleton } from '@/parts/Skeleton'
import styles from './Around.module.css'
import { AroundRow } from './AroundRow'
import { useActions } from './panel_context'

const CIRCLES = ['user', 'request', 'all'] as const

/** What else happened ten minutes either side, in the order of time. */
export function Around({ event, onOpen }: { event: EventDetails; onOpen: (id: string) => void }) {
  const t = useTranslations('details')
  const { account } = useActions()
  const [wanted, setWanted] = useState<Circle>('user')
  const circle = circleOf(event, wanted) === null ? 'all' : wanted
  const { data, error, refetch } = useQuery(aroundQuery(account, event, circle))
  return (
    <div className={styles.around}>
      <Segmented
        label={t('around.which')}
        chosen={circle}
        onChoose={setWanted}
        choices={CIRCLES.map((key) => ({
          key,
          label: t(`around.${key}`),
          disabled: circleOf(event, key) === null,
        }))}
      />
      <p className={styles.note} role="status">
        {data === undefined
          ? t('around.span', { minutes: AROUND_MINUTES })
          : t('around.found', { minutes: AROUND_MINUTES, count: data.events.length - 1 })}
      </p>
      {error !== null && <ProblemStrip error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={6} height={40} />}
      {data !== undefined && (
        <>
          {data.more.before && <p className={styles.note}>{t('around.more_before')}</p>}
          <ol className={styles.list}>
            {data.events.map((one) => (
              <AroundRow key={one.id} event={one} of={event} onOpen={onOpen} />
            ))}
          </ol>
          {data.more.after && <p className={styles.note}>{t('around.more_after')}</p>}
        </>
      )}
    </div>
  )
}
