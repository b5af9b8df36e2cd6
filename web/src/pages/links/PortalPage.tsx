import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { openPortal } from '@/api/links'
import { sessionQuery } from '@/api/session'
import { Button } from '@/parts/Button'
import { Notice } from '@/parts/Notice'
import { Skeleton } from '@/parts/Skeleton'
import { DeadLink } from './DeadLink'
import { LinkFrame } from './LinkFrame'
import styles from './Links.module.css'
import { useLinkCode } from './use_link_code'

/** What a portal link opens: the read-only view. */
export function PortalPage() {
  const code = useLinkCode()
  // Another link in the same tab begins anew.
  return <Portal key={code} code={code} />
}

/** Opens the view at once; who is signed in is asked first, because that session ends. */
function Portal({ code }: { code: string }) {
  const t = useTranslations('links')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { data: session, error: failed, refetch } = useQuery(sessionQuery)
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: (replace: boolean) => openPortal(code, replace),
    onSuccess: async (opened) => {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, opened)
      await navigate({ to: '/', replace: true })
    },
  })
  const person = session?.signed_in === true && session.viewer !== true ? session.person : null
  const isFree = session !== undefined && person === null && code !== ''
  // The link works once, so it is opened once.
  const opened = useRef(false)
  useEffect(() => {
    if (!isFree || opened.current) return
    opened.current = true
    mutate(false)
  }, [isFree, mutate])
  const problem = error ?? failed
  const retry = () => (error === null ? void refetch() : mutate(person !== null))
  if (code === '' || problem !== null) {
    return (
      <LinkFrame title={t('portal_title')}>
        <DeadLink error={problem} advice={t('portal_advice')} onRetry={retry} />
      </LinkFrame>
    )
  }
  if (person === null || isPending || isSuccess) {
    return (
      <LinkFrame title={t('portal_title')}>
        <p role="status" className={styles.centre}>
          {t('portal_opening')}
        </p>
        <Skeleton lines={3} height={36} />
      </LinkFrame>
    )
  }
  return (
    <LinkFrame title={t('portal_title')}>
      <div className={styles.stack}>
        <Notice tone="warn" title={t('else_title', { name: person.name })}>
          <p>{t('portal_replaces')}</p>
        </Notice>
        <Button look="primary" fullWidth onClick={() => mutate(true)}>
          {t('portal_open')}
        </Button>
        <p className={styles.centre}>
          <Link to="/">{t('else_stay', { name: person.name })}</Link>
        </p>
      </div>
    </LinkFrame>
  )
}
