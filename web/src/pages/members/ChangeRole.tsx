import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { Member } from '@/api/members'
import { rolesQuery } from '@/api/roles'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useAccount } from '@/shell/session'
import { ChangeRoleForm } from './ChangeRoleForm'
import styles from './Members.module.css'
import { isLastOwner } from './standing'

interface ChangeRoleProps {
  member: Member
  members: readonly Member[]
  onClose: () => void
}

/** Another role for a person; the last owner learns why he keeps his. */
export function ChangeRole({ member, members, onClose }: ChangeRoleProps) {
  const t = useTranslations('members')
  const account = useAccount()
  const { data, error, refetch } = useQuery(rolesQuery(account.id))
  const title = t('role_title', { name: member.name })
  if (data !== undefined && !isLastOwner(member, members)) {
    return <ChangeRoleForm title={title} member={member} roles={data} onClose={onClose} />
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      actions={
        <Button onClick={onClose} data-autofocus>
          {t('close')}
        </Button>
      }
    >
      <div className={styles.stack}>
        {isLastOwner(member, members) ? (
          <Notice tone="info" title={t('last_owner_title', { name: member.name })}>
            <p>{t('last_owner_body')}</p>
          </Notice>
        ) : error !== null ? (
          <ProblemStrip error={error} what={t('roles_failed')} onRetry={() => void refetch()} />
        ) : (
          <Skeleton lines={4} height={40} />
        )}
      </div>
    </Dialog>
  )
}
