import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type InvitationRead, readInvitation } from '@/api/links'
import { sessionQuery } from '@/api/session'
import { Skeleton } from '@/parts/Skeleton'
import { longTime } from '@/time/format'
import { browserZone } from '@/time/zone'
import { SignInForm } from '../signin/SignInForm'
import { DeadLink } from './DeadLink'
import { JoinAsNew } from './JoinAsNew'
import { JoinButton } from './JoinButton'
import { LinkFrame } from './LinkFrame'
import styles from './Links.module.css'
import { SomebodyElse } from './SomebodyElse'
import { useLinkCode } from './use_link_code'

/** What an invitation's link opens. */
export function InvitationPage() {
  const t = useTranslations('links')
  const code = useLinkCode()
  const { data, error, refetch } = useQuery({
    queryKey: ['invitation', code],
    queryFn: () => readInvitation(code),
    enabled: code !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (data !== undefined) return <Invited code={code} invitation={data} />
  return (
    <LinkFrame title={t('invitation_title')}>
      {code === '' || error !== null ? (
        <DeadLink error={error} advice={t('invitation_advice')} onRetry={() => void refetch()} />
      ) : (
        <Skeleton lines={4} height={36} />
      )}
    </LinkFrame>
  )
}

interface InvitedProps {
  code: string
  invitation: InvitationRead
}

function Invited({ code, invitation }: InvitedProps) {
  const t = useTranslations('links')
  const { account, email, role, invited_by, expires_at } = invitation
  return (
    <LinkFrame
      title={t('join_title', { account: account.name })}
      lead={t('join_lead', { by: invited_by })}
    >
      <dl className={styles.facts}>
        <div>
          <dt>{t('for')}</dt>
          <dd>{email}</dd>
        </div>
        <div>
          <dt>{t('role')}</dt>
          <dd>{role.name}</dd>
        </div>
        <div>
          <dt>{t('until')}</dt>
          <dd>{longTime(expires_at, browserZone())}</dd>
        </div>
      </dl>
      <Answer code={code} invitation={invitation} />
    </LinkFrame>
  )
}

/** What is left to do: it depends on who sits here. */
function Answer({ code, invitation }: InvitedProps) {
  const t = useTranslations('links')
  const { data: session } = useQuery(sessionQuery)
  if (session === undefined) return <Skeleton lines={3} height={36} />
  const { email, known } = invitation
  if (session.signed_in) {
    const isSame = session.person.email.toLowerCase() === email.toLowerCase()
    if (isSame && session.viewer !== true) return <JoinButton code={code} invitation={invitation} />
    return <SomebodyElse session={session} email={email} />
  }
  if (!known) return <JoinAsNew code={code} invitation={invitation} />
  return (
    <div className={styles.stack}>
      <p>{t('known')}</p>
      <SignInForm email={email} next="/ui/invitation" onDone={() => undefined} />
    </div>
  )
}
