import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { endSession, openSessionsQuery } from '@/api/security'
import { Button } from '@/parts/Button'
import { FormSection } from '@/parts/FormSection'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { EndOthers } from './EndOthers'
import styles from './Security.module.css'
import { SessionLine } from './SessionLine'

/** Everywhere the person is signed in. */
export function SessionsSection() {
  const t = useTranslations('security')
  const queries = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(openSessionsQuery)
  const [isAsking, setAsking] = useState(false)
  const [ended, setEnded] = useState('')
  const end = useMutation({
    mutationFn: ({ id }: { id: string; words: string }) => endSession(id),
    onSuccess: (_, { words }) => setEnded(t('session_ended', { session: words })),
    onSettled: () => queries.invalidateQueries({ queryKey: openSessionsQuery.queryKey }),
  })
  const others = data?.filter(({ current }) => !current).length ?? 0
  return (
    <FormSection title={t('sessions')} lead={t('sessions_lead')}>
      {error !== null && (
        <ProblemStrip error={error} what={t('sessions_failed')} onRetry={() => void refetch()} />
      )}
      {isPending && <Skeleton lines={3} height={56} />}
      {end.error !== null && <ProblemStrip error={end.error} what={t('session_not_ended')} />}
      {data !== undefined && (
        <ul className={styles.sessions}>
          {data.map((session) => (
            <SessionLine
              key={session.id}
              session={session}
              isEnding={end.isPending && end.variables.id === session.id}
              onEnd={(words) => end.mutate({ id: session.id, words })}
            />
          ))}
        </ul>
      )}
      <p role="status" className={ended === '' ? 'visually-hidden' : styles.done}>
        {ended}
      </p>
      {others > 0 && (
        <div className={styles.buttons}>
          <Button look="danger" onClick={() => setAsking(true)}>
            {t('end_others', { count: others })}
          </Button>
        </div>
      )}
      {isAsking && <EndOthers count={others} onClose={() => setAsking(false)} />}
    </FormSection>
  )
}
