import { Link } from '@tanstack/react-router'
import { useFormatter, useTranslations } from 'use-intl'
import type { Resource } from '@/api/resources'
import { Tag } from '@/parts/Tag'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { now } from '@/time/clock'
import { listTime, zoneLabel } from '@/time/format'
import styles from './Table.module.css'

/** Resources with what is known of them. */
export function ResourceTable({
  type,
  resources,
}: {
  type: string
  resources: readonly Resource[]
}) {
  const t = useTranslations('resources')
  const format = useFormatter()
  const account = useAccount()
  const { zone } = useDisplay()
  const time = (instant: string) => (
    <time dateTime={instant} className={styles.time}>
      {listTime(instant, zone, true)}
    </time>
  )
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{t('zone', { zone: zoneLabel(zone, now()) })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('list.name')}</th>
          <th scope="col" className={styles.wide}>
            {t('list.id')}
          </th>
          <th scope="col" className={styles.number}>
            {t('list.events')}
          </th>
          <th scope="col" className={styles.wide}>
            {t('list.first_seen')}
          </th>
          <th scope="col">{t('list.last_change')}</th>
        </tr>
      </thead>
      <tbody>
        {resources.map(({ id, name, count, first_at, last_at, deleted }) => (
          <tr key={id}>
            <th scope="row">
              <span className={styles.title}>
                <Link
                  to="/a/$account/resources/$type/$id"
                  params={{ account: account.id, type, id }}
                  className={styles.name ?? ''}
                >
                  <bdi>{name || id}</bdi>
                </Link>
                {deleted && <Tag tone="bad">{t('deleted')}</Tag>}
              </span>
              <code className={`${styles.code} ${styles.under}`}>{id}</code>
            </th>
            <td className={styles.wide}>
              <code className={styles.code}>{id}</code>
            </td>
            <td className={styles.number}>{format.number(count)}</td>
            <td className={styles.wide}>{time(first_at)}</td>
            <td>{time(last_at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
