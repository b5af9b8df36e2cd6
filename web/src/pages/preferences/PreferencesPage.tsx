import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { preferencesQuery, settingsQuery } from '@/api/display'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { SaveState } from '@/parts/SaveState'
import { Skeleton } from '@/parts/Skeleton'
import { OwnPages } from '@/shell/OwnPages'
import { useAccount } from '@/shell/session'
import { LogFields } from './LogFields'
import styles from './Preferences.module.css'
import { ScreenFields } from './ScreenFields'
import { TimeFields } from './TimeFields'
import { useSavedPreferences } from './use_saved_preferences'

/** How one person sees this account; each change is kept at once. */
export function PreferencesPage() {
  const t = useTranslations('preferences')
  const { id, name } = useAccount()
  const { data, error, isPending, refetch } = useQuery(preferencesQuery(id))
  const { data: settings } = useQuery(settingsQuery(id))
  const saved = useSavedPreferences(id)
  return (
    <Page
      title={t('title')}
      lead={t('lead', { account: name })}
      guide="view-the-log"
      actions={<SaveState state={saved.state} />}
    >
      <OwnPages />
      {error !== null && (
        <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
      )}
      {saved.error !== null && (
        <div className={styles.problem}>
          <ProblemStrip error={saved.error} what={t('save_failed')} onRetry={saved.retry} />
        </div>
      )}
      {isPending && <Skeleton lines={8} height={48} />}
      {data !== undefined && (
        <>
          <TimeFields chosen={data} account={settings} onChange={saved.change} />
          <LogFields chosen={data} account={settings} onChange={saved.change} />
          <ScreenFields chosen={data} onChange={saved.change} />
        </>
      )}
    </Page>
  )
}
