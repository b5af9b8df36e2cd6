import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import type { components } from '@/api/schema'
import { labelOfKey } from '@/changes/field'
import { Copyable } from '@/parts/Copyable'
import { Block, Fact, FactValue, SimpleFact } from './Fact'
import { useNames } from './names'
import { Outside } from './Outside'
import styles from './Summary.module.css'

/** What was done, to what, and with what result. */
export function What({ event }: { event: EventDetails }) {
  const t = useTranslations('details')
  const names = useNames()
  const result = event.outcome.result ?? 'success'
  const isOwnSentence = Boolean(event.description) && event.description !== event.activity
  return (
    <Block title={t('what.title')}>
      <SimpleFact label={t('what.verb')} what={t('what.verb')} value={event.verb} column="verb">
        {names.verb(event.verb)}
      </SimpleFact>
      <SimpleFact
        label={t('what.event')}
        what={t('what.event')}
        value={event.event}
        column="event"
      />
      <SimpleFact
        label={t('what.category')}
        what={t('what.category')}
        value={event.category}
        column="category"
      />
      <SimpleFact
        label={t('what.action')}
        what={t('what.action')}
        value={event.action}
        column="action"
        mono
      />
      <SimpleFact
        label={t('what.as_sent')}
        what={t('what.as_sent')}
        value={event.action_as_sent}
        mono
      />
      {isOwnSentence && (
        <SimpleFact label={t('what.activity')} what={t('what.activity')} value={event.activity} />
      )}
      <SimpleFact label={t('what.result')} what={t('what.result')} value={result} column="result">
        {names.result(result)}
      </SimpleFact>
      <SimpleFact label={t('what.code')} what={t('what.code')} value={event.outcome.code} mono />
      <SimpleFact label={t('what.reason')} what={t('what.reason')} value={event.outcome.reason} />
      {(event.targets ?? []).map((target) => (
        <Target key={`${target.type}:${target.id}`} target={target} />
      ))}
      <Fact label={t('what.event_id')}>
        <Copyable text={event.id} what={t('what.event_id')} />
      </Fact>
    </Block>
  )
}

/** One thing that was acted on: its type, its name at that time, its ID. */
function Target({ target }: { target: components['schemas']['Target'] }) {
  const t = useTranslations('details')
  const type = labelOfKey(target.type)
  const opens = { type: target.type, id: target.id }
  return (
    <>
      <Fact label={type}>
        {target.name != null && target.name !== '' && (
          <div>
            <FactValue
              what={type}
              value={target.name}
              column="target_id"
              filterValue={target.id}
              opens={opens}
            />
          </div>
        )}
        <div className={styles.id}>
          <span className={styles.sub}>{t('what.id')}</span>
          <FactValue
            what={t('what.id_of', { type })}
            value={target.id}
            column="target_id"
            opens={opens}
            mono
          />
        </div>
      </Fact>
      {Object.entries(target.metadata ?? {}).map(([key, value]) => (
        <SimpleFact key={key} label={labelOfKey(key)} what={labelOfKey(key)} value={value} />
      ))}
      {target.href != null && <Outside href={target.href} />}
    </>
  )
}
