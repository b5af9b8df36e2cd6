import styles from './Skeleton.module.css'

/** Grey lines of the height that the content will have, shown after 150 ms. */
export function Skeleton({ lines, height = 20 }: { lines: number; height?: number }) {
  return (
    <div className={styles.lines} aria-hidden>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((key) => (
        <span key={key} className={styles.line} style={{ height }} />
      ))}
    </div>
  )
}
