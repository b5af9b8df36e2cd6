import { useTranslations } from 'use-intl'
import { useSpanText } from './bar_text'
import styles from './ChartTable.module.css'
import type { Bar } from './chart'

/** The chart as numbers; bars without events are left out. */
export function ChartTable({ bars, zone }: { bars: readonly Bar[]; zone: string }) {
  const t = useTranslations('chart')
  const spanText = useSpanText(zone)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={styles.scroller} aria-label={t('table')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('span')}</th>
            <th scope="col" className={styles.number}>
              {t('events')}
            </th>
            <th scope="col" className={styles.number}>
              {t('failed_column')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars
            .filter(({ count }) => count > 0)
            .map((bar) => (
              <tr key={bar.from}>
                <th scope="row">{spanText(bar)}</th>
                <td className={styles.number}>{bar.count.toLocaleString('en')}</td>
                <td className={styles.number}>{bar.failed.toLocaleString('en')}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
