import { IconClockExclamation } from '@tabler/icons-react'
import { useFormatter, useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import { duration } from '@/time/elapsed'
import { longTime, utcTime } from '@/time/format'
import { Block, Fact, FactValue } from './Fact'
import { useActions } from './panel_context'
import styles from './Summary.module.css'

/** From here on the way from the product to the log is worth a word. */
const LATE_SECONDS = 60

/** When it happened and when it was received, in the shown zone and in UTC. */
export function When({ event }: { event: EventDetails }) {
  const t = useTranslations('details')
  const time = useTranslations('time')
  const format = useFormatter()
  const { zone } = useActions()
  const late = secondsBetween(event.occurred_at, event.received_at)
  return (
    <Block title={t('when.title')}>
      <Fact label={t('when.time')}>
        <FactValue what={t('when.time')} value={event.occurred_at}>
          <time dateTime={event.occurred_at}>{longTime(event.occurred_at, zone)}</time>
        </FactValue>
      </Fact>
      <Fact label={t('when.utc')}>
        <FactValue what={t('when.utc')} value={utcTime(event.occurred_at)} mono />
      </Fact>
      <Fact label={t('when.received')}>
        <FactValue what={t('when.received')} value={event.received_at}>
          <time dateTime={event.received_at}>{longTime(event.received_at, zone)}</time>
        </FactValue>
        {late >= LATE_SECONDS && (
          <p className={styles.sub}>{t('when.late', { time: duration(late, time) })}</p>
        )}
        {event.clock_skew === true && (
          <p className={styles.warn}>
            <IconClockExclamation size={15} aria-hidden />
            {t('when.skew', { time: duration(-late, time) })}
          </p>
        )}
      </Fact>
      <Fact label={t('when.entry')}>
        <span className={styles.entry}>
          {t('when.entry_of', {
            index: format.number(event.integrity.index),
            log: event.integrity.log,
          })}
        </span>
      </Fact>
    </Block>
  )
}

function secondsBetween(from: string, to: string): number {
  const [start, end] = [Temporal.Instant.from(from), Temporal.Instant.from(to)]
  return (end.epochMilliseconds - start.epochMilliseconds) / 1000
}
