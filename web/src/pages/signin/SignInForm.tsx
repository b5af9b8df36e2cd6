import { useState } from 'react'
import type { Credentials, Session } from '@/api/session'
import { CodeForm } from './CodeForm'
import { PasswordForm } from './PasswordForm'

interface SignInFormProps {
  /** The person who must sign in; null when anybody may. */
  email: string | null
  /** Where the company's own sign-in leads back to: a path of the dashboard. */
  next: string
  onDone: (session: Session) => void
}

/** E-mail and password, then the code of the second factor for those who have one. */
export function SignInForm({ email, next, onDone }: SignInFormProps) {
  const [given, setGiven] = useState<Credentials | null>(null)
  const [typed, setTyped] = useState('')
  if (given !== null) {
    return <CodeForm given={given} onDone={onDone} onBack={() => setGiven(null)} />
  }
  const codeNeeded = (credentials: Credentials) => {
    setTyped(credentials.email)
    setGiven(credentials)
  }
  return (
    <PasswordForm
      fixed={email}
      typed={typed}
      next={next}
      onDone={onDone}
      onCodeNeeded={codeNeeded}
    />
  )
}
