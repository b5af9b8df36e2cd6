import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { settingsQuery } from '@/api/display'
import { FormSection } from '@/parts/FormSection'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useAccount } from '@/shell/session'
import { SettingsForm } from './SettingsForm'

/** What an account decides for everybody in it. */
export function SettingsPage() {
  const t = useTranslations('settings')
  const account = useAccount()
  const { data, error, isPending, refetch } = useQuery(settingsQuery(account.id))
  return (
    <Page title={t('title')} lead={t('lead')} guide="view-the-log">
      <FormSection title={t('monitoring')} lead={t('monitoring_lead')}>
        <p>
          <Link to="/a/$account/events" params={{ account: account.id }}>
            {t('audit_logs')}
          </Link>
        </p>
      </FormSection>
      {error !== null && (
        <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
      )}
      {isPending && <Skeleton lines={8} height={48} />}
      {data !== undefined && <SettingsForm key={account.id} saved={data} />}
    </Page>
  )
}
