import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { type SignedIn, sessionQuery, signOut } from '@/api/session'
import { Button } from '@/parts/Button'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import styles from './Links.module.css'

interface SomebodyElseProps {
  session: SignedIn
  /** For whom the link is. */
  email: string
}

/** A link for one person in the browser of another: nothing happens before that is sorted out. */
export function SomebodyElse({ session, email }: SomebodyElseProps) {
  const t = useTranslations('links')
  const queries = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => signOut(session.csrf),
    // The link's code lives in this page only, so the page stays and what belonged to the other person goes.
    onSuccess: async () => {
      const kept = ['invitation', ...sessionQuery.queryKey]
      queries.removeQueries({ predicate: ({ queryKey }) => !kept.includes(String(queryKey[0])) })
      await queries.refetchQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  return (
    <div className={styles.stack}>
      <Notice tone="warn" title={t('else_title', { name: session.person.name })}>
        <p>{t('else_body', { theirs: session.person.email, email })}</p>
      </Notice>
      {error !== null && <ProblemStrip error={error} />}
      <Button look="primary" fullWidth loading={isPending} onClick={() => mutate()}>
        {t('else_go_on', { name: session.person.name })}
      </Button>
      <p className={styles.centre}>
        <Link to="/">{t('else_stay', { name: session.person.name })}</Link>
      </p>
    </div>
  )
}
