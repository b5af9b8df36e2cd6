import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { createKey, keysQuery } from '@/api/keys'
import type { SessionAccount } from '@/api/session'
import { Button } from '@/parts/Button'
import { CodeBlock } from '@/parts/CodeBlock'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { appendCurl } from '../keys/curl'
import { Arrival } from './Arrival'
import styles from './Setup.module.css'
import { StepFrame } from './StepFrame'

/** The first key and the first event. Who comes back with a key already made goes on to the log. */
export function EventStep({ account }: { account: SessionAccount }) {
  const t = useTranslations('setup')
  const navigate = useNavigate()
  const [arrived, setArrived] = useState(false)
  const keys = useQuery({ ...keysQuery(account.id), staleTime: Number.POSITIVE_INFINITY })
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => createKey(account.id, { name: t('key_name'), permissions: ['events:write'] }),
  })
  const hasKey = data === undefined && (keys.data?.length ?? 0) > 0
  const open = () => void navigate({ to: '/a/$account/events', params: { account: account.id } })
  useEffect(() => {
    if (!hasKey) return
    void navigate({ to: '/a/$account/events', params: { account: account.id }, replace: true })
  }, [hasKey, account.id, navigate])
  if (keys.isPending || hasKey) return <Skeleton lines={6} height={40} />
  return (
    <StepFrame step="event">
      <div className={styles.form}>
        {keys.error !== null && (
          <ProblemStrip error={keys.error} onRetry={() => void keys.refetch()} />
        )}
        {error !== null && <ProblemStrip error={error} />}
        {data === undefined ? (
          <div className={styles.buttons}>
            <Button onClick={open}>{t('later')}</Button>
            <Button look="primary" loading={isPending} onClick={() => mutate()}>
              {t('create_key')}
            </Button>
          </div>
        ) : (
          <>
            <CodeBlock prominent title={t('key')} text={data.token} />
            <p className={styles.hint}>{t('key_once')}</p>
            <CodeBlock
              title={t('curl')}
              text={appendCurl(location.origin, account.id, data.token)}
            />
            <Arrival account={account.id} onArrived={() => setArrived(true)} />
            <div className={styles.buttons}>
              <Button look={arrived ? 'primary' : 'default'} onClick={open}>
                {t('open_log')}
              </Button>
            </div>
          </>
        )}
      </div>
    </StepFrame>
  )
}
