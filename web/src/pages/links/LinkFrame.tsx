import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { LearnMore } from '@/parts/LearnMore'
import { useTitle } from '@/parts/Page'
import { Mark } from '@/shell/Mark'
import styles from '../signin/SignIn.module.css'

interface LinkFrameProps {
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** Around what a link opens: the same quiet sheet as the sign-in. */
export function LinkFrame({ title, lead, children }: LinkFrameProps) {
  const t = useTranslations('signin')
  useTitle(title)
  return (
    <main id="content" className={styles.page}>
      <div className={styles.box}>
        <header className={styles.header}>
          <Mark size={40} />
          <h1 className={styles.title}>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </header>
        {children}
      </div>
      <footer className={styles.footer}>
        {t('about')} <LearnMore page="what-audit-logs-are" />
      </footer>
    </main>
  )
}
