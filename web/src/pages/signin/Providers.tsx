import { IconLogin2 } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Ways } from '@/api/session'
import styles from './SignIn.module.css'

/** The companies' own sign-ins; they leave this page and come back to where one wanted to go. */
export function Providers({ ways: { providers, password }, next }: { ways: Ways; next: string }) {
  const t = useTranslations('signin')
  if (providers.length === 0) return null
  return (
    <div className={styles.providers}>
      {password ? (
        <p className={styles.or}>
          <span>{t('or')}</span>
        </p>
      ) : (
        <p className={styles.lead}>{t('only_provider')}</p>
      )}
      {providers.map(({ id, name }) => (
        <a
          key={id}
          className={styles.provider}
          data-only={!password || undefined}
          href={`/v1/session/oidc/${encodeURIComponent(id)}/start?${new URLSearchParams({ next })}`}
        >
          <IconLogin2 size={16} aria-hidden />
          {t('continue_with', { name })}
        </a>
      ))}
    </div>
  )
}
