import { useTranslations } from 'use-intl'
import type { Seen } from '@/api/catalogue'
import { Sparkline } from '@/parts/Sparkline'
import styles from './Catalogue.module.css'

/** How often an event came in 30 days: the number, and a bar per day. */
export function SeenDays({ seen }: { seen: Seen }) {
  const t = useTranslations('catalogue')
  return (
    <span className={styles.seen}>
      <span className={styles.number}>{t('times', { count: seen.count })}</span>
      {seen.count > 0 && (
        <Sparkline counts={seen.days} label={t('spark', { most: Math.max(...seen.days) })} />
      )}
    </span>
  )
}
