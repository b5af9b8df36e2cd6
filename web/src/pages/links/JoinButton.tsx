import { useTranslations } from 'use-intl'
import type { InvitationRead } from '@/api/links'
import { Button } from '@/parts/Button'
import { JoinProblem } from './JoinProblem'
import styles from './Links.module.css'
import { useJoin } from './use_join'

interface JoinButtonProps {
  code: string
  invitation: InvitationRead
}

/** For somebody who is signed in as the invited person: one button. */
export function JoinButton({ code, invitation }: JoinButtonProps) {
  const t = useTranslations('links')
  const { mutate, error, isPending } = useJoin(code, invitation)
  return (
    <div className={styles.stack}>
      <JoinProblem error={error} />
      <Button look="primary" fullWidth loading={isPending} onClick={() => mutate(null)}>
        {t('join', { account: invitation.account.name })}
      </Button>
    </div>
  )
}
