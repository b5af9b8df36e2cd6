import { Outlet } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import styles from './Root.module.css'

/** Around every screen: the skip link and nothing else. */
export function Root() {
  const t = useTranslations('shell')
  return (
    <>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <Outlet />
    </>
  )
}
