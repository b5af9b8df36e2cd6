import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { type Session, sessionQuery, signIn } from '@/api/session'
import { Button } from '@/parts/Button'
import { useCountdown } from '@/parts/countdown'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import { PasswordField, TextField } from '@/parts/TextField'
import { now } from '@/time/clock'
import styles from './SignIn.module.css'

interface SignInFormProps {
  /** The person who must sign in; null when anybody may. */
  email: string | null
  onDone: (session: Session) => void
}

/** E-mail and password. The fields belong to the browser, so that pasting and password managers work. */
export function SignInForm({ email, onDone }: SignInFormProps) {
  const t = useTranslations('signin')
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [missing, setMissing] = useState<'email' | 'password' | null>(null)
  const [until, setUntil] = useState<number | null>(null)
  const wait = useCountdown(until)
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (typed: { email: string; password: string }) => signIn(typed.email, typed.password),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session)
      onDone(session)
    },
    onError: (failure) => {
      const { status, retryAfter } = problemOf(failure)
      if (status === 429) setUntil(now().epochMilliseconds + (retryAfter ?? 1) * 1000)
      if (status === 403) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      focusOn(form.current, 'password')
    },
  })
  useEffect(() => focusOn(form.current, email === null ? 'email' : 'password'), [email])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const [who, password] = [String(typed.get('email')).trim(), String(typed.get('password'))]
    const lacks = who === '' ? 'email' : password === '' ? 'password' : null
    setMissing(lacks)
    reset()
    if (lacks !== null) focusOn(form.current, lacks)
    else if (wait === 0) mutate({ email: who, password })
  }
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className={styles.form}>
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={email ?? ''}
        readOnly={email !== null}
        error={missing === 'email' && t('email_missing')}
      />
      <PasswordField
        label={t('password')}
        name="password"
        autoComplete="current-password"
        error={missing === 'password' && t('password_missing')}
        {...(email !== null && { 'data-autofocus': true })}
      />
      <Refusal error={error} wait={wait} waited={until !== null} />
      <Button look="primary" type="submit" fullWidth loading={isPending} disabled={wait > 0}>
        {wait > 0 ? t('wait', { seconds: wait }) : t('submit')}
      </Button>
    </form>
  )
}

/** One answer for a wrong e-mail and for a wrong password; the seconds are read out once, and counted for the eye. */
function Refusal({ error, wait, waited }: { error: unknown; wait: number; waited: boolean }) {
  const t = useTranslations('signin')
  if (error === null) return null
  const { status, code, retryAfter } = problemOf(error)
  if (status === 429) {
    return (
      <Notice tone="warn" live>
        {wait > 0 || !waited ? t('throttled', { seconds: retryAfter ?? 1 }) : t('again')}
      </Notice>
    )
  }
  if (code === 'sign_in_failed') {
    return (
      <Notice tone="bad" live>
        {t('wrong')}
      </Notice>
    )
  }
  return <ProblemStrip error={error} />
}

function focusOn(form: HTMLFormElement | null, name: 'email' | 'password'): void {
  const field = form?.elements.namedItem(name)
  if (!(field instanceof HTMLInputElement)) return
  field.focus()
  if (field.value !== '') field.select()
}
