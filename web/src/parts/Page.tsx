import { type ReactNode, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { type GuidePage, LearnMore } from './LearnMore'
import styles from './Page.module.css'

interface PageProps {
  title: string
  /** One sentence under the title. */
  lead?: string
  guide: GuidePage
  /** Buttons on the right, the primary one last. */
  actions?: ReactNode
  children: ReactNode
}

/** A screen: its one h1, its actions, and its way into the guide. */
export function Page({ title, lead, guide, actions, children }: PageProps) {
  useTitle(title)
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div>
          <h1>{title}</h1>
          <p className={styles.lead}>
            {lead} <LearnMore page={guide} />
          </p>
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** Names the browser's tab. */
export function useTitle(title: string): void {
  const t = useTranslations('shell')
  useEffect(() => {
    document.title = t('document_title', { title })
  }, [title, t])
}
