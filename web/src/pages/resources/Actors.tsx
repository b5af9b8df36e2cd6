import { Link } from '@tanstack/react-router'
import { useFormatter, useTranslations } from 'use-intl'
import type { ValueCount } from '@/api/events'
import { Initials } from '@/parts/Initials'
import { useAccount } from '@/shell/session'
import styles from './Actors.module.css'

interface ActorsProps {
  values: readonly ValueCount[]
  others: number
}

/** Who acted on a resource most. */
export function Actors({ values, others }: ActorsProps) {
  const t = useTranslations('resources')
  const format = useFormatter()
  const account = useAccount().id
  const most = Math.max(1, ...values.map(({ count }) => count))
  return (
    <section aria-labelledby="actors">
      <h2 id="actors" className={styles.title}>
        {t('actors.title')}
      </h2>
      <ol className={styles.list}>
        {values.map(({ value, label, detail, count }) => (
          <li key={String(value)} className={styles.row}>
            <Initials name={label} />
            <span className={styles.who}>
              <Link
                to="/a/$account/activity/$actor"
                params={{ account, actor: String(value) }}
                className={styles.name ?? ''}
              >
                <bdi>{label}</bdi>
              </Link>
              {detail != null && <span className={styles.detail}>{detail}</span>}
              <span className={styles.track} aria-hidden>
                <span className={styles.bar} style={{ width: `${(100 * count) / most}%` }} />
              </span>
            </span>
            <span className={styles.count}>
              <span className="visually-hidden">{t('actors.events', { count })}</span>
              <span aria-hidden>{format.number(count)}</span>
            </span>
          </li>
        ))}
      </ol>
      {others > 0 && <p className={styles.others}>{t('actors.others', { count: others })}</p>}
    </section>
  )
}
