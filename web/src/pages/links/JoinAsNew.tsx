import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { InvitationRead } from '@/api/links'
import { Button } from '@/parts/Button'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { TextField } from '@/parts/TextField'
import { passwordProblem } from '../setup/strength'
import { JoinProblem } from './JoinProblem'
import styles from './Links.module.css'
import { NewPassword } from './NewPassword'
import { useJoin } from './use_join'

interface JoinAsNewProps {
  code: string
  invitation: InvitationRead
}

/** For somebody who was never here: a name and a password, nothing else. */
export function JoinAsNew({ code, invitation }: JoinAsNewProps) {
  const t = useTranslations('links')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useJoin(code, invitation)
  const { account, email } = invitation
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '' && passwordProblem(password) === null) {
      mutate({ name: name.trim(), password })
    } else focusFirstInvalid(event.currentTarget)
  }
  return (
    <form method="post" noValidate onSubmit={submit} className={styles.stack}>
      <TextField
        label={t('your_name')}
        description={t('your_name_hint')}
        name="name"
        autoComplete="name"
        value={name}
        error={tried && name.trim() === '' && t('your_name_missing')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextField
        label={t('your_email')}
        name="email"
        type="email"
        autoComplete="username"
        readOnly
        value={email}
      />
      <NewPassword
        label={t('choose_password')}
        value={password}
        onChange={setPassword}
        tried={tried}
        known={[name, email]}
      />
      <JoinProblem error={error} />
      <Button look="primary" type="submit" fullWidth loading={isPending}>
        {t('join', { account: account.name })}
      </Button>
    </form>
  )
}
