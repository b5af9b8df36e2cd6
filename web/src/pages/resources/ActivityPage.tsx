import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { valuesOfUser } from '@/api/values'
import type { Criterion } from '@/filter/state'
import { EventLog } from '@/pages/events/EventLog'
import { useAccount } from '@/shell/session'

/** The value by which lists of users name all system actors. */
const SYSTEM = 'System'

/** *Activity of Lily Ari*: everything that one actor did. */
export function ActivityPage() {
  const t = useTranslations('resources')
  const { actor = '' } = useParams({ strict: false })
  const { data } = useQuery(valuesOfUser(useAccount().id, actor))
  const name = data?.values.find(({ value }) => value === actor)?.label ?? actor
  const label = t('activity.locked', { name })
  const locked = useMemo(() => ({ refine: [criterionOf(actor)], label }), [actor, label])
  return (
    <EventLog
      key={actor}
      title={t('activity.title', { name })}
      guide="view-the-log"
      locked={locked}
    />
  )
}

function criterionOf(actor: string): Criterion {
  return actor === SYSTEM
    ? { column: 'user', op: 'eq', value: SYSTEM }
    : { column: 'actor_id', op: 'eq', value: actor }
}
