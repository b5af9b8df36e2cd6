import { useTranslations } from 'use-intl'
import { PasswordField } from '@/parts/TextField'
import { StrengthHint } from '../setup/StrengthHint'
import { passwordProblem } from '../setup/strength'

interface NewPasswordProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** Whether it was tried to go on with it. */
  tried: boolean
  /** The person's own words, which make a password easy to guess. */
  known: readonly string[]
}

/** A password to choose, with how hard it is to guess. */
export function NewPassword({ label, value, onChange, tried, known }: NewPasswordProps) {
  const t = useTranslations('setup')
  const problem = passwordProblem(value)
  return (
    <div>
      <PasswordField
        label={label}
        description={t('password_rule')}
        name="password"
        autoComplete="new-password"
        value={value}
        error={tried && problem !== null && t(`password_${problem}`)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <StrengthHint password={value} known={known} />
    </div>
  )
}
