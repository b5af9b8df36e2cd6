import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { Notice } from '@/parts/Notice'
import styles from './SignIn.module.css'

const code = (text: unknown) => <code>{text as string}</code>

/** Why nobody signs in over this connection, and the three ways out. */
export function PlainHttp({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('signin')
  return (
    <div className={styles.form}>
      <Notice tone="warn" title={t('plain_title')} live>
        <p>{t('plain_body')}</p>
      </Notice>
      <ol className={styles.ways}>
        <li>{t.rich('plain_tls', { code })}</li>
        <li>{t.rich('plain_proxy', { code })}</li>
        <li>{t.rich('plain_allow', { code })}</li>
      </ol>
      <Button onClick={onRetry} fullWidth>
        {t('plain_retry')}
      </Button>
    </div>
  )
}
