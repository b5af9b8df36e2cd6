import { IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { LinkFrame } from './LinkFrame'
import styles from './Links.module.css'

/** The password is changed: the way back in. */
export function ResetDone({ email }: { email: string }) {
  const t = useTranslations('links')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <LinkFrame title={t('reset_done')}>
      <div className={styles.stack}>
        <p role="status" className={styles.done}>
          <IconCircleCheck size={18} aria-hidden />
          {t('reset_done_body', { email })}
        </p>
        {/* A new page: the session that this browser may have had has ended with all others. */}
        <Button
          ref={button}
          look="primary"
          fullWidth
          onClick={() => window.location.assign('/ui/sign-in')}
        >
          {t('to_sign_in')}
        </Button>
      </div>
    </LinkFrame>
  )
}
