import { useTranslations } from 'use-intl'
import { type Member, removeMember } from '@/api/members'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { Notice } from '@/parts/Notice'
import { useAccount, useSignedIn } from '@/shell/session'
import { AskAboutMember } from './AskAboutMember'
import { isLastOwner } from './standing'

interface RemoveMemberProps {
  member: Member
  members: readonly Member[]
  onClose: () => void
}

/** Takes a person out of the account, or lets one leave it; the last owner learns why he cannot. */
export function RemoveMember({ member, members, onClose }: RemoveMemberProps) {
  const t = useTranslations('members')
  const account = useAccount()
  const { person } = useSignedIn()
  const isSelf = member.id === person.id
  const words = { name: member.name, account: account.name }
  const title = isSelf ? t('leave_title', words) : t('remove_title', words)
  if (isLastOwner(member, members)) {
    return (
      <Dialog
        opened
        onClose={onClose}
        title={title}
        width={480}
        actions={
          <Button onClick={onClose} data-autofocus>
            {t('close')}
          </Button>
        }
      >
        <Notice tone="info" title={t('last_owner_title', { name: member.name })}>
          <p>{t('last_owner_body')}</p>
        </Notice>
      </Dialog>
    )
  }
  return (
    <AskAboutMember
      member={member}
      title={title}
      body={isSelf ? t('leave_body', words) : t('remove_body', words)}
      submit={isSelf ? t('leave_submit', words) : t('remove_submit', words)}
      run={removeMember}
      onClose={onClose}
      // Nothing of the account is this person's any more, so the dashboard begins anew.
      {...(isSelf && { onDone: () => window.location.assign('/ui/') })}
    />
  )
}
