import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { useProblemText } from '@/parts/Problem'
import { TextField } from '@/parts/TextField'
import { useFocusInvalid } from '@/parts/use_focus_invalid'

interface CodeFieldProps {
  label: string
  description: string
  value: string
  onChange: (value: string) => void
  problem: string | undefined
  autofocus?: boolean
}

/** A code of the app, or a recovery code; it can be pasted and filled in by the browser. */
export function CodeField({
  label,
  description,
  value,
  onChange,
  problem,
  autofocus = false,
}: CodeFieldProps) {
  return (
    <TextField
      {...(autofocus && { 'data-autofocus': true })}
      label={label}
      description={description}
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      value={value}
      error={problem}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** What is wrong with a code, in words; the focus goes back to its field. */
export function useCodeProblem(
  form: string,
  code: string,
  tried: boolean,
  error: unknown,
): string | undefined {
  const t = useTranslations('security')
  const text = useProblemText()
  const isMissing = tried && code.trim() === ''
  useFocusInvalid(form, isMissing ? isMissing : error)
  if (isMissing) return t('code_missing')
  if (error === null) return undefined
  const { code: refused } = problemOf(error)
  if (refused === 'password_wrong') return undefined
  return refused === 'code_wrong' ? t('code_wrong') : text(error)
}
