import styles from './Mark.module.css'

/** The product's sign: lines of a ledger, and a check. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className={styles.mark}>
      <rect width="32" height="32" rx="7" className={styles.ground} />
      <path d="M9 9h14M9 14h14M9 19h9M9 24h5" className={styles.lines} />
      <path d="m19 23 2.4 2.4L26 20.4" className={styles.check} />
    </svg>
  )
}
