import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { membersQuery } from '@/api/members'
import { problemOf } from '@/api/problem'
import { Button } from '@/parts/Button'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { NoAccess } from '@/shell/NoAccess'
import { useAccount, useMay } from '@/shell/session'
import { Invitations } from './Invitations'
import { type Layer, MemberLayers } from './layers'
import styles from './Members.module.css'
import { MemberTable } from './MemberTable'
import { PeoplePages } from './PeoplePages'

/** Everybody in the account, and those who were invited. */
export function MembersPage() {
  return useMay('members:write') ? <Members /> : <NoAccess to="page" />
}

function Members() {
  const t = useTranslations('members')
  const account = useAccount()
  const { data, error, isPending, refetch } = useQuery(membersQuery(account.id))
  const [layer, setLayer] = useState<Layer | null>(null)
  // The role may have been taken away since the session was read.
  if (problemOf(error).status === 403) return <NoAccess to="page" />
  return (
    <Page
      title={t('title')}
      lead={t('lead', { account: account.name })}
      guide="what-audit-logs-are"
      actions={
        <Button
          look="primary"
          leftSection={<IconUserPlus size={16} aria-hidden />}
          onClick={() => setLayer({ kind: 'invite' })}
        >
          {t('invite')}
        </Button>
      }
    >
      <PeoplePages />
      {error !== null && (
        <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
      )}
      {isPending && <Skeleton lines={5} height={52} />}
      {data !== undefined && <MemberTable members={data} onOpen={setLayer} />}
      {data?.length === 1 && (
        <p className={styles.alone}>{t('alone', { account: account.name })}</p>
      )}
      <Invitations onOpen={setLayer} />
      {layer !== null && <MemberLayers layer={layer} members={data ?? []} onOpen={setLayer} />}
    </Page>
  )
}
