import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { coverageQuery } from '@/api/coverage'
import { Notice } from '@/parts/Notice'
import { useAccount } from '@/shell/session'
import { now } from '@/time/clock'
import { relative } from '@/time/elapsed'
import styles from './Catalogue.module.css'

/** So many silent actions are named. */
const NAMED = 5

/** What fell silent: an action that came regularly and does not any more. */
export function CoverageStrip() {
  const t = useTranslations('catalogue')
  const time = useTranslations('time')
  const account = useAccount()
  const { data } = useQuery(coverageQuery(account.id))
  if (data === undefined || data.silent.length === 0) return null
  return (
    <Notice tone="warn" title={t('silent_title', { count: data.silent.length })}>
      <ul className={styles.silent}>
        {data.silent.slice(0, NAMED).map(({ action, last_at }) => (
          <li key={action}>
            <Link to="/a/$account/catalogue/$action" params={{ account: account.id, action }}>
              {action}
            </Link>{' '}
            {t('silent_since', {
              elapsed: relative(last_at, now(), (key, values) => time(key, values)),
            })}
          </li>
        ))}
      </ul>
      {data.silent.length > NAMED && (
        <p>{t('silent_more', { count: data.silent.length - NAMED })}</p>
      )}
    </Notice>
  )
}
