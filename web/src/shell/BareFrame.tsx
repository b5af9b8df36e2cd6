import { Outlet, useLocation } from '@tanstack/react-router'
import { AccountSwitcher } from './AccountSwitcher'
import styles from './BareFrame.module.css'
import { NoAccess } from './NoAccess'
import { PersonMenu } from './PersonMenu'

/** Around an account in which somebody may do nothing: no navigation, but himself and the way to other accounts. */
export function BareFrame() {
  const { pathname } = useLocation()
  return (
    <>
      <header className={styles.top}>
        <AccountSwitcher />
        <PersonMenu position="bottom-end" />
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        {/\/security\/?$/.test(pathname) ? <Outlet /> : <NoAccess to="log" />}
      </main>
    </>
  )
}
