import { IconExternalLink } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import styles from './LearnMore.module.css'

/** The pages of the guide. */
export type GuidePage =
  | 'what-audit-logs-are'
  | 'view-the-log'
  | 'filter'
  | 'choose-a-time'
  | 'read-an-entry'
  | 'verify'

/** A link into the guide that the server itself carries. */
export function LearnMore({ page }: { page: GuidePage }) {
  const t = useTranslations('parts')
  return (
    <a className={styles.link} href={`/docs/guide/${page}`} target="_blank" rel="noreferrer">
      {t('learn_more')}
      <IconExternalLink size={13} aria-hidden />
      <span className="visually-hidden">{t('new_tab')}</span>
    </a>
  )
}
