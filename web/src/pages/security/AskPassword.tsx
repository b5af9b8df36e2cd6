import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { type OfferedFactor, offerFactor } from '@/api/security'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { PasswordField } from '@/parts/TextField'
import { useFocusInvalid } from '@/parts/use_focus_invalid'
import { useSignedIn } from '@/shell/session'
import styles from './Security.module.css'

interface AskPasswordProps {
  onClose: () => void
  onOffered: (offered: OfferedFactor) => void
}

/** Whoever finds an open browser must not lock its owner out: the password is asked for first, where there is one. */
export function AskPassword({ onClose, onOffered }: AskPasswordProps) {
  const t = useTranslations('security')
  const form = useId()
  const { person } = useSignedIn()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: offerFactor,
    onSuccess: onOffered,
  })
  const hasPassword = person.has_password
  useEffect(() => {
    if (!hasPassword) mutate(null)
  }, [hasPassword, mutate])
  useFocusInvalid(form, error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (password !== '') mutate(password)
    else focusFirstInvalid(event.currentTarget)
  }
  const isWrong = problemOf(error).code === 'password_wrong'
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('factor_set_up')}
      width={440}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {hasPassword && (
            <Button look="primary" type="submit" form={form} loading={isPending}>
              {t('go_on')}
            </Button>
          )}
        </>
      }
    >
      <form id={form} method="post" noValidate onSubmit={submit} className={styles.stack}>
        {hasPassword ? (
          <>
            <p className={styles.text}>{t('factor_ask')}</p>
            <input type="hidden" name="username" autoComplete="username" value={person.email} />
            <PasswordField
              data-autofocus
              label={t('password')}
              name="password"
              autoComplete="current-password"
              value={password}
              error={
                (isWrong && t('password_wrong')) ||
                (tried && password === '' && t('password_missing'))
              }
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        ) : (
          error === null && <Skeleton lines={3} height={36} />
        )}
        {error !== null && !isWrong && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
