import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { changePassword, openSessionsQuery } from '@/api/security'
import { NewPassword } from '@/pages/links/NewPassword'
import { passwordProblem } from '@/pages/setup/strength'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { ProblemStrip } from '@/parts/Problem'
import { PasswordField } from '@/parts/TextField'
import { useFocusInvalid } from '@/parts/use_focus_invalid'
import { useSignedIn } from '@/shell/session'
import styles from './Security.module.css'

interface ChangePasswordProps {
  onClose: () => void
  onDone: () => void
}

/** The present password and the next one. */
export function ChangePassword({ onClose, onDone }: ChangePasswordProps) {
  const t = useTranslations('security')
  const form = useId()
  const queries = useQueryClient()
  const { person } = useSignedIn()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: openSessionsQuery.queryKey })
      onDone()
    },
  })
  useFocusInvalid(form, error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (current !== '' && passwordProblem(next) === null) mutate()
    else focusFirstInvalid(event.currentTarget)
  }
  const isWrong = problemOf(error).code === 'password_wrong'
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('change_password')}
      width={440}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {t('change_password')}
          </Button>
        </>
      }
    >
      <form id={form} method="post" noValidate onSubmit={submit} className={styles.stack}>
        <input type="hidden" name="username" autoComplete="username" value={person.email} />
        <PasswordField
          data-autofocus
          label={t('current_password')}
          name="current"
          autoComplete="current-password"
          value={current}
          error={
            (isWrong && t('password_wrong')) || (tried && current === '' && t('password_missing'))
          }
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPassword
          label={t('new_password')}
          value={next}
          onChange={setNext}
          tried={tried}
          known={[person.name, person.email]}
        />
        <p className={styles.note}>{t('password_effect')}</p>
        {error !== null && !isWrong && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
