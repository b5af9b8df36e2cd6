import { useTranslations } from 'use-intl'
import styles from './Setup.module.css'
import { PASSWORD_CHARACTERS, strengthOf } from './strength'

const FILLED = { weak: 1, fair: 2, strong: 3 } as const

/** How hard the password is to guess, in a word and in three bars. */
export function StrengthHint({ password, known }: { password: string; known: readonly string[] }) {
  const t = useTranslations('setup')
  const missing = PASSWORD_CHARACTERS - [...password].length
  const strength = strengthOf(password, known)
  const isShort = missing > 0
  const text = isShort ? t('more_characters', { count: missing }) : t(`strength.${strength}`)
  return (
    <div className={styles.strength} data-strength={isShort ? 'weak' : strength}>
      <span className={styles.bars} aria-hidden>
        {[1, 2, 3].map((bar) => (
          <span key={bar} data-filled={!isShort && bar <= FILLED[strength]} />
        ))}
      </span>
      <span role="status">{password === '' ? '' : text}</span>
    </div>
  )
}
