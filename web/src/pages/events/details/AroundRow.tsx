import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import { useActorName } from '@/pages/events/Cell'
import { VerbGlyph } from '@/pages/events/VerbGlyph'
import { Tag } from '@/parts/Tag'
import { duration } from '@/time/elapsed'
import styles from './Around.module.css'
import { useActions } from './panel_context'

interface AroundRowProps {
  event: EventDetails
  /** The event in the middle. */
  of: EventDetails
  onOpen: (id: string) => void
}

/** One event near another: when, how far away, what, who. */
export function AroundRow({ event, of, onOpen }: AroundRowProps) {
  const t = useTranslations('details')
  const time = useTranslations('time')
  const actorName = useActorName()
  const { zone } = useActions()
  const at = Temporal.Instant.from(event.occurred_at)
  const local = at.toZonedDateTimeISO(zone).toPlainTime()
  const seconds =
    (at.epochMilliseconds - Temporal.Instant.from(of.occurred_at).epochMilliseconds) / 1000
  const isSelf = event.id === of.id
  const length = duration(Math.abs(seconds), time)
  const away = t(seconds < 0 ? 'around.before' : 'around.after', { time: length })
  const content = (
    <>
      <span className={styles.time}>
        <time dateTime={event.occurred_at}>{local.toString({ smallestUnit: 'second' })}</time>
        <span className={styles.away}>{isSelf ? '' : away}</span>
      </span>
      <VerbGlyph event={event} />
      <span className={styles.what}>
        <span className={styles.name}>
          <span>{event.event}</span>
          {isSelf && <Tag tone="accent">{t('around.self')}</Tag>}
        </span>
        <span className={styles.who}>
          {actorName(event)} · {event.description || event.activity}
        </span>
      </span>
    </>
  )
  if (isSelf) {
    return (
      <li className={styles.self} aria-current="true">
        {content}
      </li>
    )
  }
  return (
    <li>
      <button type="button" className={styles.row} onClick={() => onOpen(event.id)}>
        {content}
      </button>
    </li>
  )
}
