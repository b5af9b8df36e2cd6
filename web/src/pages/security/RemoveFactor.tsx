import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { removeFactor, secondFactorQuery } from '@/api/security'
import { sessionQuery } from '@/api/session'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { PasswordField } from '@/parts/TextField'
import { useSignedIn } from '@/shell/session'
import { CodeField, useCodeProblem } from './CodeField'
import styles from './Security.module.css'

/** Turns the second factor off, for whoever can still use it. */
export function RemoveFactor({ onClose }: { onClose: () => void }) {
  const t = useTranslations('security')
  const form = useId()
  const queries = useQueryClient()
  const { person } = useSignedIn()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => removeFactor(person.has_password ? password : null, code.trim()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey })
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      onClose()
    },
  })
  const problem = useCodeProblem(form, code, tried, error)
  const lacksPassword = person.has_password && password === ''
  const isWrong = problemOf(error).code === 'password_wrong'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (code.trim() !== '' && !lacksPassword) mutate()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('factor_remove_title')}
      width={440}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="danger" type="submit" form={form} loading={isPending}>
            {t('factor_remove')}
          </Button>
        </>
      }
    >
      <form id={form} method="post" noValidate onSubmit={submit} className={styles.stack}>
        <p className={styles.text}>{t('factor_remove_body')}</p>
        {person.has_password && (
          <PasswordField
            data-autofocus
            label={t('password')}
            name="password"
            autoComplete="current-password"
            value={password}
            error={
              (isWrong && t('password_wrong')) || (tried && lacksPassword && t('password_missing'))
            }
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <CodeField
          autofocus={!person.has_password}
          label={t('code')}
          description={t('code_hint')}
          value={code}
          onChange={setCode}
          problem={problem}
        />
      </form>
    </Dialog>
  )
}
