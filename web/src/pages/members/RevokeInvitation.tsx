import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type Invitation, invitationsQuery, revokeInvitation } from '@/api/members'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { ProblemStrip } from '@/parts/Problem'
import { useAccount } from '@/shell/session'
import styles from './Members.module.css'

interface RevokeInvitationProps {
  invitation: Invitation
  onClose: () => void
}

/** Asks before an invitation ends. */
export function RevokeInvitation({ invitation, onClose }: RevokeInvitationProps) {
  const t = useTranslations('members')
  const account = useAccount()
  const queries = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => revokeInvitation(account.id, invitation.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: invitationsQuery(account.id).queryKey })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('revoke_title', { email: invitation.email })}
      width={480}
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button look="danger" loading={isPending} onClick={() => mutate()}>
            {t('revoke_submit')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p>{t('revoke_body')}</p>
        {error !== null && <ProblemStrip error={error} />}
      </div>
    </Dialog>
  )
}
