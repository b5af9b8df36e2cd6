import { useDisclosure } from '@mantine/hooks'
import { IconMenu2 } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/parts/EmptyState'
import { IconButton } from '@/parts/IconButton'
import styles from './AccountFrame.module.css'
import { BareFrame } from './BareFrame'
import { useDisplay } from './display'
import { Missing } from './Missing'
import { NoAccess } from './NoAccess'
import { Rail } from './Rail'
import { SessionEnd } from './SessionEnd'
import { ShellKeys } from './ShellKeys'
import { useAccountIfAny, useMay, useReadOnly, useSignedIn } from './session'
import { ShortcutProvider } from './shortcuts'
import { useSavedTheme } from './theme'

/** Everything inside an account: the rail and the screen beside it. */
export function AccountFrame() {
  const { accounts } = useSignedIn()
  const t = useTranslations('shell')
  const account = useAccountIfAny()
  if (account !== undefined) return account.permissions.length === 0 ? <Bare /> : <Frame />
  if (accounts.length > 0) return <Missing />
  return <EmptyState title={t('no_account_title')}>{t('no_account_body')}</EmptyState>
}

const Bare = () => (
  <ShortcutProvider enabled={false}>
    <BareFrame />
    <SessionEnd />
  </ShortcutProvider>
)

/** The screens on which events are seen. */
const LOG_PATHS = /^\/a\/[^/]+\/(?:events|resources|activity)(?:\/|$)/

function Frame() {
  const t = useTranslations('shell')
  const { singleKeys } = useDisplay()
  const mayReadLog = useMay('audit:read')
  const isReadOnly = useReadOnly()
  useSavedTheme()
  const [opened, { close, toggle }] = useDisclosure(false)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen closes the navigation of small screens.
  useEffect(close, [pathname])
  return (
    <ShortcutProvider enabled={singleKeys}>
      <ShellKeys />
      <div className={styles.frame}>
        <div className={styles.top}>
          <IconButton
            label={opened ? t('close_menu') : t('open_menu')}
            aria-expanded={opened}
            aria-controls="rail"
            onClick={toggle}
          >
            <IconMenu2 size={20} />
          </IconButton>
          {isReadOnly && <p className={styles.viewer}>{t('read_only')}</p>}
        </div>
        <div id="rail" className={styles.rail} data-opened={opened || undefined}>
          <Rail />
        </div>
        <main id="content" className={styles.content} tabIndex={-1}>
          {LOG_PATHS.test(pathname) && !mayReadLog ? <NoAccess to="log" /> : <Outlet />}
        </main>
      </div>
      <SessionEnd />
    </ShortcutProvider>
  )
}
