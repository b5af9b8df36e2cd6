import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { changeRole, type Role } from '@/api/roles'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { ProblemStrip } from '@/parts/Problem'
import { TextField } from '@/parts/TextField'
import styles from './Roles.module.css'
import { useSavedRole } from './use_saved_role'

interface RenameRoleProps {
  role: Role
  onClose: () => void
}

/** Another name for a role that every account has; what it may do stays. */
export function RenameRole({ role, onClose }: RenameRoleProps) {
  const t = useTranslations('roles')
  const form = useId()
  const [name, setName] = useState(role.name)
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useSavedRole(
    (account, edit: { name: string }) => changeRole(account, role.id, edit),
    onClose,
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '') focusFirstInvalid(event.currentTarget)
    else mutate({ name: name.trim() })
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('rename_title', { role: role.name })}
      width={440}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.stack}>
        <TextField
          data-autofocus
          label={t('name')}
          description={t('rename_hint', { id: role.id })}
          autoComplete="off"
          value={name}
          error={tried && name.trim() === '' && t('name_missing')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {error !== null && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
