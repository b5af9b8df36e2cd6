import { useTranslations } from 'use-intl'
import type { Event } from '@/api/events'
import { Initials } from '@/parts/Initials'
import { Tag } from '@/parts/Tag'
import { activityTime, listTime } from '@/time/format'
import styles from './Cell.module.css'
import type { ListColumn } from './columns'
import { VerbGlyph } from './VerbGlyph'

/** How times are written in a list. */
export interface TimeStyle {
  readonly zone: string
  /** Whether each time carries its year. */
  readonly year: boolean
  /** Whether times look like those of the Activity set: `Jun 22, 2023 03:06 PM`. */
  readonly activity: boolean
}

/** The name of who did it, for people. */
export function useActorName(): (event: Event) => string {
  const t = useTranslations('events')
  return ({ actor }) => {
    if (actor.type === 'system' && !actor.name) return t('system')
    return actor.name || actor.email || actor.id || t('anonymous')
  }
}

/** What stands in one cell of the list. */
export function Cell({
  column,
  event,
  times,
}: {
  column: ListColumn
  event: Event
  times: TimeStyle
}) {
  const actorName = useActorName()
  switch (column) {
    case 'event':
      return <Named event={event} text={event.event} />
    case 'action':
      return <Named event={event} text={event.action} mono />
    case 'activity':
      return <Named event={event} text={event.activity} />
    case 'category':
      return event.category
    case 'user_name':
      return (
        <span className={styles.person}>
          <Initials name={actorName(event)} />
          <span className={styles.clipped}>{actorName(event)}</span>
        </span>
      )
    case 'user':
    case 'actor':
      return event.actor.email || actorName(event)
    case 'date_time':
    case 'time':
      return <Time event={event} times={times} />
    case 'description':
      return <span className={styles.soft}>{event.description || event.activity}</span>
    case 'details':
      return <Details event={event} />
    case 'target':
      return event.targets?.map(({ name, id }) => name || id).join(', ') ?? ''
    case 'result':
      return <Result event={event} />
    case 'ip':
      return <span className={styles.mono}>{event.context?.ip ?? ''}</span>
    case 'source':
      return event.context?.source ?? ''
  }
}

function Time({ event, times }: { event: Event; times: TimeStyle }) {
  const { zone, year, activity } = times
  const text = activity
    ? activityTime(event.occurred_at, zone)
    : listTime(event.occurred_at, zone, year)
  return <time dateTime={event.occurred_at}>{text}</time>
}

/** What names the event, behind the sign of what was done; flags follow it. */
function Named({ event, text, mono = false }: { event: Event; text: string; mono?: boolean }) {
  const t = useTranslations('events')
  return (
    <span className={styles.named}>
      <VerbGlyph event={event} />
      <span className={mono ? styles.code : styles.name}>{text}</span>
      {(event.first_seen?.length ?? 0) > 0 && <Tag tone="warn">{t('first_time')}</Tag>}
    </span>
  )
}

function Result({ event }: { event: Event }) {
  const t = useTranslations('events')
  const { result } = event.outcome
  const known =
    result === 'success' || result === 'failure' || result === 'denied' || result === 'error'
  return (
    <Tag tone={result === 'success' ? 'ok' : 'bad'}>{known ? t(`result.${result}`) : result}</Tag>
  )
}

/** The sentence, and what was added and removed when a list changed. */
function Details({ event }: { event: Event }) {
  const lists = (event.changes ?? []).flatMap(({ old, new: now }) => {
    const [before, after] = [asTexts(old), asTexts(now)]
    return [
      ...after.filter((one) => !before.includes(one)).map((one) => ({ sign: '+', one })),
      ...before.filter((one) => !after.includes(one)).map((one) => ({ sign: '−', one })),
    ]
  })
  return (
    <span className={styles.soft}>
      {event.description || event.activity}
      {lists.slice(0, 6).map(({ sign, one }) => (
        <span key={`${sign}${one}`} className={sign === '+' ? styles.added : styles.removed}>
          {` ${sign} ${one}`}
        </span>
      ))}
    </span>
  )
}

function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
