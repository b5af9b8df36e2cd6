import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './Notice.module.css'

interface NoticeProps {
  tone?: 'info' | 'warn' | 'bad'
  title?: string
  /** True for what appears while the page is open, so that it is read out. */
  live?: boolean
  children: ReactNode
}

/** Words beside the content: something to know before going on. */
export function Notice({ tone = 'info', title, live = false, children }: NoticeProps) {
  const Sign = tone === 'info' ? IconInfoCircle : IconAlertTriangle
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={live ? 'alert' : undefined}>
      <Sign size={16} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
      </div>
    </div>
  )
}
