import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Credentials, type Session, waysQuery } from '@/api/session'
import { Button } from '@/parts/Button'
import { PasswordField, TextField } from '@/parts/TextField'
import { Providers } from './Providers'
import { Refusal } from './Refusal'
import styles from './SignIn.module.css'
import { useSignIn } from './use_sign_in'

interface PasswordFormProps {
  /** The person who must sign in; null when anybody may. */
  fixed: string | null
  /** What was typed before, for those who come back. */
  typed: string
  next: string
  onDone: (session: Session) => void
  onCodeNeeded: (given: Credentials) => void
}

/** E-mail and password. The fields belong to the browser, so that pasting and password managers work. */
export function PasswordForm({ fixed, typed, next, onDone, onCodeNeeded }: PasswordFormProps) {
  const t = useTranslations('signin')
  const form = useRef<HTMLFormElement>(null)
  const [missing, setMissing] = useState<'email' | 'password' | null>(null)
  const [email, setEmail] = useState(fixed ?? typed)
  const ways = useWays(email)
  const asked = useSignIn({
    onDone,
    onCodeNeeded,
    onRefused: () => focusOn(form.current, 'password'),
  })
  const { wait } = asked
  const first = fixed === null && typed === '' ? 'email' : 'password'
  useEffect(() => focusOn(form.current, first), [first])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const who = String(data.get('email')).trim()
    const password = String(data.get('password') ?? '')
    const lacks = who === '' ? 'email' : password === '' ? 'password' : null
    setMissing(lacks)
    asked.reset()
    if (lacks !== null) focusOn(form.current, lacks)
    else if (wait === 0) asked.send({ email: who, password })
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
        defaultValue={email}
        readOnly={fixed !== null}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={missing === 'email' && t('email_missing')}
      />
      {ways.password && (
        <>
          <PasswordField
            label={t('password')}
            name="password"
            autoComplete="current-password"
            error={missing === 'password' && t('password_missing')}
            {...(fixed !== null && { 'data-autofocus': true })}
          />
          <Refusal error={asked.error} wait={wait} waited={asked.waited} wrong={t('wrong')} />
          <Button
            look="primary"
            type="submit"
            fullWidth
            loading={asked.isPending}
            disabled={wait > 0}
          >
            {wait > 0 ? t('wait', { seconds: wait }) : t('submit')}
          </Button>
        </>
      )}
      <Providers ways={ways} next={next} />
      {ways.password && <p className={styles.forgot}>{t('forgot')}</p>}
    </form>
  )
}

const TYPING_MS = 250

/** The ways in: those for everybody until a whole address stands there, then those of its domain. */
function useWays(email: string) {
  const [settled] = useDebouncedValue(email.trim(), TYPING_MS)
  const isWhole = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(settled)
  const { data } = useQuery(waysQuery(isWhole ? settled : ''))
  return data ?? { providers: [], password: true }
}

function focusOn(form: HTMLFormElement | null, name: 'email' | 'password'): void {
  const field = form?.elements.namedItem(name)
  if (!(field instanceof HTMLInputElement)) return
  field.focus()
  if (field.value !== '') field.select()
}
