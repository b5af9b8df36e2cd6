import { Link } from '@tanstack/react-router'
import styles from './LinkTabs.module.css'

interface LinkTabsProps {
  /** What the pages are about together. */
  label: string
  /** True where sections follow, each under a line of its own: one line is enough. */
  tight?: boolean
  tabs: readonly { readonly to: string; readonly label: string }[]
}

/** Pages that belong together: links, of which that of the shown page is marked. */
export function LinkTabs({ label, tight = false, tabs }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={styles.tabs} data-tight={tight || undefined}>
      {tabs.map(({ to, label }) => (
        <Link
          key={to}
          to={to as '/'}
          className={styles.tab ?? ''}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
