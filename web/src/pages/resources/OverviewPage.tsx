import { IconBox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { type Resource, resourceQuery } from '@/api/resources'
import { storyQuery } from '@/api/story'
import { labelOfKey } from '@/changes/field'
import { Copyable } from '@/parts/Copyable'
import { EmptyState } from '@/parts/EmptyState'
import { LearnMore } from '@/parts/LearnMore'
import { useTitle } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { Tag } from '@/parts/Tag'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { longTime } from '@/time/format'
import { Actors } from './Actors'
import { Lifecycle } from './Lifecycle'
import styles from './OverviewPage.module.css'
import { Recent } from './Recent'
import { type ResourceKey, ResourceNav } from './ResourceNav'

/** *Overview* of one resource: what it is, its life, who acted on it. */
export function OverviewPage() {
  const t = useTranslations('resources')
  const { type = '', id = '' } = useParams({ strict: false })
  const found = useQuery(resourceQuery(useAccount().id, type, id))
  useTitle(found.data?.name || id)
  return (
    <div className={styles.page}>
      <ResourceNav type={type} id={id} />
      {found.data == null && <h1 className="visually-hidden">{id}</h1>}
      {found.error !== null && (
        <ProblemStrip error={found.error} what={t('failed')} onRetry={() => void found.refetch()} />
      )}
      {found.isPending && <Skeleton lines={8} height={32} />}
      {found.data === null && (
        <EmptyState title={t('overview.missing')} icon={<IconBox size={22} />}>
          {t('overview.missing_body', { id })}
        </EmptyState>
      )}
      {found.data != null && <Told resource={found.data} type={type} id={id} />}
    </div>
  )
}

function Told({ resource, type, id }: ResourceKey & { resource: Resource }) {
  const t = useTranslations('resources')
  const { data, error, refetch } = useQuery(storyQuery(useAccount().id, type, id))
  return (
    <>
      <Head resource={resource} type={type} />
      {error !== null && (
        <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null && <Skeleton lines={8} height={40} />}
      {data !== undefined && (
        <>
          <Lifecycle type={type} id={id} steps={data.steps} />
          <div className={styles.columns}>
            <Recent type={type} id={id} events={data.recent} />
            <Actors values={data.actors.values} others={data.actors.others} />
          </div>
        </>
      )}
    </>
  )
}

function Head({ resource, type }: { resource: Resource; type: string }) {
  const t = useTranslations('resources')
  const format = useFormatter()
  const { zone } = useDisplay()
  const { id, name, count, first_at, last_at, deleted } = resource
  const time = (instant: string) => <time dateTime={instant}>{longTime(instant, zone)}</time>
  return (
    <header>
      <div className={styles.head}>
        <h1>
          <bdi>{name || id}</bdi>
        </h1>
        <Tag>{labelOfKey(type)}</Tag>
        {deleted && <Tag tone="bad">{t('deleted')}</Tag>}
        <LearnMore page="view-the-log" />
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t('overview.id')}</dt>
          <dd>
            <Copyable text={id} what={t('overview.id')} />
          </dd>
        </div>
        <div>
          <dt>{t('overview.status')}</dt>
          <dd>{deleted ? t('deleted') : t('overview.present')}</dd>
        </div>
        <div>
          <dt>{t('overview.events')}</dt>
          <dd className="tabular">{format.number(count)}</dd>
        </div>
        <div>
          <dt>{t('overview.first_seen')}</dt>
          <dd>{time(first_at)}</dd>
        </div>
        <div>
          <dt>{t('overview.last_change')}</dt>
          <dd>{time(last_at)}</dd>
        </div>
      </dl>
    </header>
  )
}
