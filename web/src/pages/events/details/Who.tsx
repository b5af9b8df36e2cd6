import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import type { components } from '@/api/schema'
import { labelOfKey } from '@/changes/field'
import { Initials } from '@/parts/Initials'
import { Tag } from '@/parts/Tag'
import { Block, Fact, FactValue, SimpleFact } from './Fact'
import { useNames } from './names'
import { Outside } from './Outside'
import styles from './Summary.module.css'

type Actor = components['schemas']['Actor']

/** Who did it, for whom, and what he did for the first time. */
export function Who({ event }: { event: EventDetails }) {
  const t = useTranslations('details')
  const names = useNames()
  const { actor } = event
  const type = actor.type ?? 'system'
  const id = actor.id ?? undefined
  const label = type === 'user' ? t('who.user') : t('who.actor')
  const first = (event.first_seen ?? []).filter((one) => one === 'action' || one === 'network')
  return (
    <Block title={t('who.title')}>
      <Fact label={label}>
        <FactValue
          what={label}
          value={nameOf(actor, t('actor.system'), t('actor.anonymous'))}
          {...filterOf(actor)}
          opens={id === undefined ? undefined : { actor: id }}
        >
          <span className={styles.person}>
            <Initials name={nameOf(actor, t('actor.system'), t('actor.anonymous'))} />
            <bdi>{nameOf(actor, t('actor.system'), t('actor.anonymous'))}</bdi>
          </span>
        </FactValue>
      </Fact>
      <SimpleFact
        label={t('who.email')}
        what={t('who.email')}
        value={actor.email}
        column="actor_email"
      />
      <SimpleFact
        label={type === 'user' ? t('who.user_id') : t('who.id')}
        what={type === 'user' ? t('who.user_id') : t('who.id')}
        value={id}
        column="actor_id"
        opens={id === undefined ? undefined : { actor: id }}
        mono
      />
      <SimpleFact label={t('who.type')} what={t('who.type')} value={type} column="actor_type">
        {names.actorType(type)}
      </SimpleFact>
      {Object.entries(actor.metadata ?? {}).map(([key, value]) => (
        <SimpleFact key={key} label={labelOfKey(key)} what={labelOfKey(key)} value={value} />
      ))}
      {actor.href != null && <Outside href={actor.href} />}
      <OnBehalfOf chain={event.on_behalf_of ?? []} />
      {first.length > 0 && (
        <Fact label={t('who.first')}>
          {first.map((one) => (
            <div key={one}>
              <FactValue what={t('who.first')} value={one} column="first_seen">
                <Tag tone="warn">{t(`first.${one}`)}</Tag>
              </FactValue>
            </div>
          ))}
        </Fact>
      )}
    </Block>
  )
}

/** The column that tells this actor from all others. */
function filterOf(actor: Actor): { column?: string; filterValue?: string } {
  if (actor.id) return { column: 'actor_id', filterValue: actor.id }
  if (actor.email) return { column: 'actor_email', filterValue: actor.email }
  if ((actor.type ?? 'system') === 'system') return { column: 'actor_type', filterValue: 'system' }
  return {}
}

function nameOf(actor: Actor, system: string, anonymous: string): string {
  const known = actor.name || actor.email || actor.id
  return known || ((actor.type ?? 'system') === 'system' ? system : anonymous)
}

/** The chain of those for whom it was done, the nearest first. */
function OnBehalfOf({ chain }: { chain: readonly Actor[] }) {
  const t = useTranslations('details')
  const names = useNames()
  if (chain.length === 0) return null
  return (
    <Fact label={t('who.on_behalf_of')}>
      <ol className={styles.chain}>
        {chain.map((actor, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an actor may stand twice in a chain, and it never changes.
          <li key={at}>
            <FactValue
              what={t('who.on_behalf_of')}
              value={nameOf(actor, t('actor.system'), t('actor.anonymous'))}
              opens={actor.id ? { actor: actor.id } : undefined}
            />
            <span className={styles.sub}>
              {[names.actorType(actor.type ?? 'system'), actor.email, actor.id]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </Fact>
  )
}
