import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Link } from '@/api/members'
import { Button } from '@/parts/Button'
import { CodeBlock } from '@/parts/CodeBlock'
import { Dialog } from '@/parts/Dialog'
import { Notice } from '@/parts/Notice'
import { useDisplay } from '@/shell/display'
import { longTime } from '@/time/format'
import styles from './Members.module.css'

interface LinkOnceProps {
  of: 'invitation' | 'reset'
  /** For whom the link is. */
  who: string
  link: Link
  onClose: () => void
}

/** The only time that a link is seen: stays until it was copied, or a person says that it was kept. */
export function LinkOnce({ of, who, link, onClose }: LinkOnceProps) {
  const t = useTranslations('members')
  const { zone } = useDisplay()
  const [copied, setCopied] = useState(false)
  return (
    <Dialog
      opened
      onClose={onClose}
      dismissible={copied}
      title={t(`link_title.${of}`, { who })}
      actions={
        <Button look="primary" onClick={onClose}>
          {copied ? t('done') : t('link_kept')}
        </Button>
      }
    >
      <div className={styles.stack}>
        <p className={styles.text}>
          {t(`link_body.${of}`, { who, until: longTime(link.expires_at, zone) })}
        </p>
        <CodeBlock prominent title={t('link')} text={link.link} onCopied={() => setCopied(true)} />
        <Notice tone="warn">{t('link_once')}</Notice>
      </div>
    </Dialog>
  )
}
