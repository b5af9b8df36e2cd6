import styles from './Sparkline.module.css'

interface SparklineProps {
  /** One number per bar, oldest first. */
  counts: readonly number[]
  /** What a screen reader says instead. */
  label: string
  /** How wide a bar is, with the gap after it. */
  step?: number
  height?: number
}

/** Bars without axes, beside a number that says how many there are in all. */
export function Sparkline({ counts, label, step = 3, height = 20 }: SparklineProps) {
  const most = Math.max(1, ...counts)
  const width = Math.max(counts.length, 1) * step
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={styles.spark}
    >
      <path d={`M0 ${height - 0.5}H${width}`} className={styles.axis} />
      {counts.map((count, at) => {
        const tall = count === 0 ? 0 : Math.max(2, Math.round((count / most) * height))
        const x = at * step
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
        return <rect key={at} x={x} y={height - tall} width={step - 1} height={tall} />
      })}
    </svg>
  )
}
