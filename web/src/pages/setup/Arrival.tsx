import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { firstEvent } from '@/api/setup'
import { longTime } from '@/time/format'
import { browserZone } from '@/time/zone'
import styles from './Setup.module.css'

const AGAIN_MS = 3000

/** Waits for the first event, and becomes it. */
export function Arrival({ account, onArrived }: { account: string; onArrived: () => void }) {
  const t = useTranslations('setup')
  const { data, failureCount } = useQuery({
    queryKey: ['first-event', account],
    queryFn: ({ signal }) => firstEvent(account, signal),
    retry: true,
    retryDelay: AGAIN_MS,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  useEffect(() => {
    if (data !== undefined) onArrived()
  }, [data, onArrived])
  return (
    <div role="status" className={styles.arrival} data-arrived={data !== undefined || undefined}>
      {data === undefined ? (
        <>
          <span className={styles.pulse} aria-hidden />
          {failureCount > 0 ? t('reconnecting') : t('waiting')}
        </>
      ) : (
        <>
          <IconCircleCheck size={18} aria-hidden />
          <span>
            <strong>{t('arrived')}</strong>{' '}
            {t('arrived_event', {
              who: data.actor.name ?? data.actor.email ?? data.actor.id ?? t('system'),
              what: data.event,
              when: longTime(data.occurred_at, browserZone()),
            })}
          </span>
        </>
      )}
    </div>
  )
}
