import { useTranslations } from 'use-intl'
import { EventLog } from './EventLog'

/** *Audit Logs*: every event of the account. */
export function EventsPage() {
  const t = useTranslations('events')
  return <EventLog title={t('title')} guide="view-the-log" />
}
