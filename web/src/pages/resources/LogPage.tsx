import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { labelOfKey } from '@/changes/field'
import { EventLog } from '@/pages/events/EventLog'
import { ResourceNav, useResourceName } from './ResourceNav'

/** *Audit logs* of one resource: every event that has it among its targets, whatever it was called then. */
export function LogPage() {
  const t = useTranslations('resources')
  const { type = '', id = '' } = useParams({ strict: false })
  const name = useResourceName({ type, id })
  const label = t('log.locked', { type: labelOfKey(type), name })
  const locked = useMemo(() => ({ resource: `${type}:${id}`, label }), [type, id, label])
  return (
    <EventLog
      key={locked.resource}
      title={t('log.title')}
      guide="view-the-log"
      locked={locked}
      above={<ResourceNav type={type} id={id} />}
    />
  )
}
