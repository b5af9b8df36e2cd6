import { useTranslations } from 'use-intl'
import { LinkTabs } from '@/parts/LinkTabs'
import { useAccount } from '@/shell/session'

/** The two pages about people. */
export function PeoplePages() {
  const t = useTranslations('members')
  const { id } = useAccount()
  return (
    <LinkTabs
      label={t('pages')}
      tabs={[
        { to: `/a/${id}/members`, label: t('title') },
        { to: `/a/${id}/members/roles`, label: t('roles') },
      ]}
    />
  )
}
