import { useTranslations } from 'use-intl'
import { Page } from '@/parts/Page'
import { OwnPages } from '@/shell/OwnPages'
import { useSignedIn } from '@/shell/session'
import { FactorSection } from './FactorSection'
import { PasswordSection } from './PasswordSection'
import { SessionsSection } from './SessionsSection'

/** How the signed-in person gets in: password, second factor, and where he is signed in. */
export function SecurityPage() {
  const t = useTranslations('security')
  const { person } = useSignedIn()
  return (
    <Page title={t('title')} lead={t('lead', { email: person.email })} guide="view-the-log">
      <OwnPages />
      <PasswordSection />
      <FactorSection />
      <SessionsSection />
    </Page>
  )
}
