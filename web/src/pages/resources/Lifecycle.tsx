import { IconPencil, IconPlus, IconRocket, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Step, StepKind } from '@/api/story'
import { useActorName } from '@/pages/events/Cell'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { now } from '@/time/clock'
import { listTime, zoneLabel } from '@/time/format'
import styles from './Lifecycle.module.css'
import { logSearch } from './links'
import type { ResourceKey } from './ResourceNav'

const SIGNS: Record<StepKind, typeof IconPlus> = {
  created: IconPlus,
  changed: IconPencil,
  deployed: IconRocket,
  deleted: IconTrash,
}

/** The life of a resource: created, changed, deployed, deleted, each an event that opens. */
export function Lifecycle({ type, id, steps }: ResourceKey & { steps: readonly Step[] }) {
  const t = useTranslations('resources')
  const account = useAccount().id
  const { zone } = useDisplay()
  const actorName = useActorName()
  if (steps.length === 0) return null
  return (
    <section aria-labelledby="lifecycle">
      <div className={styles.head}>
        <h2 id="lifecycle" className={styles.title}>
          {t('lifecycle.title')}
        </h2>
        <span className={styles.time}>{t('zone', { zone: zoneLabel(zone, now()) })}</span>
      </div>
      <ol className={styles.strip}>
        {steps.map(({ kind, event }) => {
          const Sign = SIGNS[kind]
          return (
            <li key={kind} className={styles.step}>
              <span className={`${styles.sign} ${styles[kind]}`} aria-hidden>
                <Sign size={16} stroke={2} />
              </span>
              <span className={styles.kind}>{t(`lifecycle.${kind}`)}</span>
              <Link
                to="/a/$account/resources/$type/$id/log"
                params={{ account, type, id }}
                search={logSearch(event.id)}
                className={styles.event ?? ''}
              >
                {event.event}
              </Link>
              <time dateTime={event.occurred_at} className={styles.time}>
                {listTime(event.occurred_at, zone, true)}
              </time>
              <span className={styles.who}>{actorName(event)}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
