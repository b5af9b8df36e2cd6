import { Link } from '@tanstack/react-router'
import styles from './LinkTabs.module.css'

interface LinkTabsProps {
  /** What the pages are about together. */
  label: string
  tabs: readonly { readonly to: string; readonly label: string }[]
}

/** Pages that belong together: links, of which that of the shown page is marked. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={styles.tabs}>
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
