import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Event } from '@/api/events'
import { useActorName } from '@/pages/events/Cell'
import { VerbGlyph } from '@/pages/events/VerbGlyph'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { listTime } from '@/time/format'
import { logSearch } from './links'
import styles from './Recent.module.css'
import type { ResourceKey } from './ResourceNav'

/** The newest events about a resource. */
export function Recent({ type, id, events }: ResourceKey & { events: readonly Event[] }) {
  const t = useTranslations('resources')
  const account = useAccount().id
  const { zone } = useDisplay()
  const actorName = useActorName()
  const params = { account, type, id }
  return (
    <section aria-labelledby="recent">
      <div className={styles.head}>
        <h2 id="recent" className={styles.title}>
          {t('recent.title')}
        </h2>
        <Link
          to="/a/$account/resources/$type/$id/log"
          params={params}
          search={logSearch(null)}
          className={styles.all ?? ''}
        >
          {t('recent.all')}
        </Link>
      </div>
      <ol className={styles.list}>
        {events.map((event) => (
          <li key={event.id} className={styles.row}>
            <VerbGlyph event={event} />
            <span className={styles.what}>
              <Link
                to="/a/$account/resources/$type/$id/log"
                params={params}
                search={logSearch(event.id)}
                className={styles.name ?? ''}
              >
                {event.event}
              </Link>
              <span className={styles.sentence}>{event.description || event.activity}</span>
            </span>
            <span className={styles.meta}>
              <time dateTime={event.occurred_at}>{listTime(event.occurred_at, zone, true)}</time>
              <span>{actorName(event)}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
