import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type Link, type Member, makeResetLink } from '@/api/members'
import { problemOf } from '@/api/problem'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import { useAccount } from '@/shell/session'
import styles from './Members.module.css'

interface MakeResetLinkProps {
  member: Member
  onClose: () => void
  onMade: (link: Link) => void
}

/** A link with which a person chooses a new password. */
export function MakeResetLink({ member, onClose, onMade }: MakeResetLinkProps) {
  const t = useTranslations('members')
  const account = useAccount()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => makeResetLink(account.id, member.id),
    onSuccess: onMade,
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('reset_title', { name: member.name })}
      width={480}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" loading={isPending} onClick={() => mutate()} data-autofocus>
            {t('reset_submit')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p>{t('reset_body', { name: member.name })}</p>
        {problemOf(error).status === 403 ? (
          <Notice tone="warn" live>
            {t('reset_refused', { name: member.name })}
          </Notice>
        ) : (
          error !== null && <ProblemStrip error={error} />
        )}
      </div>
    </Dialog>
  )
}
