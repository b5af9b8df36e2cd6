import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { readReset } from '@/api/links'
import { Skeleton } from '@/parts/Skeleton'
import { longTime } from '@/time/format'
import { browserZone } from '@/time/zone'
import { DeadLink } from './DeadLink'
import { LinkFrame } from './LinkFrame'
import { ResetDone } from './ResetDone'
import { ResetForm } from './ResetForm'
import { useLinkCode } from './use_link_code'

/** What a reset link opens. */
export function ResetPage() {
  const code = useLinkCode()
  // Another link in the same tab begins anew.
  return <Reset key={code} code={code} />
}

function Reset({ code }: { code: string }) {
  const t = useTranslations('links')
  const [done, setDone] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['reset', code],
    queryFn: () => readReset(code),
    enabled: code !== '' && !done,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (done) return <ResetDone email={data?.email ?? ''} />
  const until = data && longTime(data.expires_at, browserZone())
  return (
    <LinkFrame
      title={t('reset_title')}
      lead={data && until && t('reset_lead', { email: data.email, until })}
    >
      {data !== undefined && (
        <ResetForm code={code} email={data.email} onDone={() => setDone(true)} />
      )}
      {data === undefined && (code === '' || error !== null) && (
        <DeadLink error={error} advice={t('reset_advice')} onRetry={() => void refetch()} />
      )}
      {data === undefined && code !== '' && error === null && <Skeleton lines={4} height={36} />}
    </LinkFrame>
  )
}
