import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Permission } from '@/api/keys'
import { problemOf } from '@/api/problem'
import { changeRole, createRole, type NewRole, type Role } from '@/api/roles'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { type HiddenFacet, HiddenFacets } from '@/parts/HiddenFacets'
import { ProblemStrip } from '@/parts/Problem'
import { TextField } from '@/parts/TextField'
import { RolePermissions } from './RolePermissions'
import styles from './Roles.module.css'
import { useSavedRole } from './use_saved_role'

interface EditRoleProps {
  /** null: a new one. */
  edited: Role | null
  onClose: () => void
}

/** A role of the account's own: its name, what it may do, and what of events it does not see. */
export function EditRole({ edited: role, onClose }: EditRoleProps) {
  const t = useTranslations('roles')
  const form = useId()
  const [name, setName] = useState(role?.name ?? '')
  const [permissions, setPermissions] = useState<readonly Permission[]>(role?.permissions ?? [])
  const [hide, setHide] = useState<readonly HiddenFacet[]>(role?.hide ?? [])
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useSavedRole(
    (account, edit: NewRole) =>
      role === null ? createRole(account, edit) : changeRole(account, role.id, edit),
    onClose,
  )
  const isRead = permissions.includes('audit:read')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '') focusFirstInvalid(event.currentTarget)
    else mutate({ name: name.trim(), permissions: [...permissions], hide: isRead ? [...hide] : [] })
  }
  const refused = problemOf(error).errors.find(({ pointer }) => pointer === '/name')?.message
  return (
    <Dialog
      opened
      onClose={onClose}
      title={role === null ? t('create_title') : t('edit_title', { role: role.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {role === null ? t('create_submit') : t('save')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.stack}>
        <TextField
          data-autofocus
          label={t('name')}
          autoComplete="off"
          value={name}
          error={(tried && name.trim() === '' && t('name_missing')) || refused}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RolePermissions chosen={permissions} onChange={setPermissions} />
        {isRead && <HiddenFacets hidden={hide} onChange={setHide} />}
        {role !== null && role.members > 0 && (
          <p className={styles.note}>{t('edit_effect', { count: role.members })}</p>
        )}
        {error !== null && refused === undefined && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
