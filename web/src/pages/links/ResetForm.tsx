import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { acceptReset } from '@/api/links'
import { Button } from '@/parts/Button'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { TextField } from '@/parts/TextField'
import { passwordProblem } from '../setup/strength'
import { JoinProblem } from './JoinProblem'
import styles from './Links.module.css'
import { NewPassword } from './NewPassword'

interface ResetFormProps {
  code: string
  email: string
  onDone: () => void
}

/** The new password; the address stands beside it for password managers. */
export function ResetForm({ code, email, onDone }: ResetFormProps) {
  const t = useTranslations('links')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => acceptReset(code, password),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (passwordProblem(password) === null) mutate()
    else focusFirstInvalid(event.currentTarget)
  }
  return (
    <form method="post" noValidate onSubmit={submit} className={styles.stack}>
      <TextField
        label={t('your_email')}
        name="email"
        type="email"
        autoComplete="username"
        readOnly
        value={email}
      />
      <NewPassword
        label={t('new_password')}
        value={password}
        onChange={setPassword}
        tried={tried}
        known={[email]}
      />
      <p className={styles.note}>{t('reset_effect')}</p>
      <JoinProblem error={error} />
      <Button look="primary" type="submit" fullWidth loading={isPending}>
        {t('reset_submit')}
      </Button>
    </form>
  )
}
