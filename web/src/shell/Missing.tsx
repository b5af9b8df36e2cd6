import { IconMapQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/parts/EmptyState'
import { useTitle } from '@/parts/Page'

/** What stands at an address that leads nowhere. */
export function Missing() {
  const t = useTranslations('shell')
  useTitle(t('missing_title'))
  return (
    <main id="content">
      <h1 className="visually-hidden">{t('missing_title')}</h1>
      <EmptyState title={t('missing_title')} icon={<IconMapQuestion size={22} />}>
        <p>{t('missing_body')}</p>
        <Link to="/">{t('missing_home')}</Link>
      </EmptyState>
    </main>
  )
}
