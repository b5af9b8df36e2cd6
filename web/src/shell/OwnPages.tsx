import { useTranslations } from 'use-intl'
import { LinkTabs } from '@/parts/LinkTabs'
import { useAccount, useMay } from './session'

/** The pages about oneself. Who may not see the log has nothing to prefer about it. */
export function OwnPages() {
  const t = useTranslations('shell')
  const { id } = useAccount()
  if (!useMay('audit:read')) return null
  return (
    <LinkTabs
      label={t('own_pages')}
      tight
      tabs={[
        { to: `/a/${id}/preferences`, label: t('preferences') },
        { to: `/a/${id}/security`, label: t('security') },
      ]}
    />
  )
}
