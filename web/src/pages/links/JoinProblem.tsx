import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'

/** Why joining did not work; nothing while it did not fail. */
export function JoinProblem({ error }: { error: unknown }) {
  const t = useTranslations('links')
  if (error === null) return null
  const { code } = problemOf(error)
  if (code === 'link_invalid' || code === 'sign_in_first') {
    return (
      <Notice tone="warn" live>
        {t(code === 'link_invalid' ? 'dead_meanwhile' : 'sign_in_first')}
      </Notice>
    )
  }
  return <ProblemStrip error={error} />
}
