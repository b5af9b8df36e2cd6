import type { ReactNode } from 'react'
import styles from './Tag.module.css'

/** A short label; its tone repeats what its text says, so colour is never alone. */
export function Tag({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'ok' | 'bad' | 'warn' | 'accent'
  children: ReactNode
}) {
  return <span className={`${styles.tag} ${styles[tone]}`}>{children}</span>
}
