import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { deleteRole, type Role, rolesQuery } from '@/api/roles'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import { useAccount } from '@/shell/session'
import styles from './Roles.module.css'

interface DeleteRoleProps {
  role: Role
  onClose: () => void
}

/** Asks before a role goes; one that people have is kept, and it is said why. */
export function DeleteRole({ role, onClose }: DeleteRoleProps) {
  const t = useTranslations('roles')
  const account = useAccount()
  const queries = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => deleteRole(account.id, role.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: rolesQuery(account.id).queryKey })
      onClose()
    },
  })
  const isUsed = role.members > 0 || problemOf(error).code === 'role_in_use'
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('delete_title', { role: role.name })}
      width={440}
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            {isUsed ? t('close') : t('cancel')}
          </Button>
          {!isUsed && (
            <Button look="danger" loading={isPending} onClick={() => mutate()}>
              {t('delete_submit', { role: role.name })}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.stack}>
        {isUsed ? (
          <Notice tone="info">{t('in_use', { role: role.name, count: role.members })}</Notice>
        ) : (
          <p>{t('delete_body')}</p>
        )}
        {error !== null && !isUsed && <ProblemStrip error={error} />}
      </div>
    </Dialog>
  )
}
