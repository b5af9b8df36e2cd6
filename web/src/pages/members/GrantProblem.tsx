import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'

/** Why a change about a person was refused; nothing while it was not. */
export function GrantProblem({ error, name }: { error: unknown; name: string }) {
  const t = useTranslations('members')
  if (error === null) return null
  const { code } = problemOf(error)
  if (code === 'last_owner') {
    return (
      <Notice tone="warn" title={t('last_owner_title', { name })} live>
        <p>{t('last_owner_body')}</p>
      </Notice>
    )
  }
  if (code === 'role_above') {
    return (
      <Notice tone="warn" live>
        {t('above_body', { name })}
      </Notice>
    )
  }
  return <ProblemStrip error={error} />
}
