import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import { Block, Fact, FactValue, SimpleFact } from './Fact'
import { networkOf } from './network'
import styles from './Summary.module.css'
import { readAgent } from './user_agent'

/** From where: network, place, program, session, request. */
export function Where({ event }: { event: EventDetails }) {
  const t = useTranslations('details')
  const context = event.context ?? {}
  const network = context.ip ? networkOf(context.ip) : null
  const { producer } = event
  const made = [producer?.name, producer?.version].filter(Boolean).join(' ')
  const seq = producer?.seq
  const isEmpty = Object.values(context).every((value) => value == null) && made === ''
  const one = (label: string, value: unknown, column?: string, mono = false) => (
    <SimpleFact
      label={label}
      what={label}
      value={value}
      mono={mono}
      {...(column !== undefined && { column })}
    />
  )
  return (
    <Block title={t('where.title')}>
      {one(t('where.ip'), context.ip, 'ip', true)}
      <SimpleFact
        label={t('where.network')}
        what={t('where.network')}
        value={network}
        column="ip"
        op="in_network"
        mono
      />
      {one(t('where.location'), context.location)}
      {one(t('where.peer'), context.peer_ip, undefined, true)}
      {one(t('where.forwarded'), context.forwarded, undefined, true)}
      {one(t('where.source'), context.source, 'source')}
      {context.user_agent && <Program text={context.user_agent} />}
      {one(t('where.session'), context.session_id, 'session_id', true)}
      {one(t('where.request'), context.request_id, 'request_id', true)}
      {one(t('where.trace'), context.traceparent, undefined, true)}
      {one(t('where.producer'), made === '' ? null : made)}
      {seq != null && (
        <Fact label={t('where.seq')}>
          <span className="tabular">{seq}</span>
        </Fact>
      )}
      {isEmpty && (
        <Fact label={t('where.ip')}>
          <span className={styles.sub}>{t('where.unknown')}</span>
        </Fact>
      )}
    </Block>
  )
}

/** The browser or program in words, and what it sent. */
function Program({ text }: { text: string }) {
  const t = useTranslations('details')
  const agent = readAgent(text)
  const words =
    agent === null
      ? null
      : agent.system === null
        ? agent.program
        : t('where.on', { program: agent.program, system: agent.system })
  return (
    <Fact label={t('where.user_agent')}>
      <FactValue what={t('where.user_agent')} value={text}>
        {words ?? text}
      </FactValue>
      {words !== null && <p className={styles.raw}>{text}</p>}
    </Fact>
  )
}
