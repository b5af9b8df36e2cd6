import type { ReactNode } from 'react'
import styles from './FormSection.module.css'

interface FormSectionProps {
  title: string
  lead?: string
  children: ReactNode
}

/** Fields under one heading, which stands beside them while there is room. */
export function FormSection({ title, lead, children }: FormSectionProps) {
  return (
    <section className={styles.section}>
      <div>
        <h2 className={styles.title}>{title}</h2>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      </div>
      <div className={styles.fields}>{children}</div>
    </section>
  )
}
