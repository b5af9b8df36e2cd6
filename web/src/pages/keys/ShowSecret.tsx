import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { CodeBlock } from '@/parts/CodeBlock'
import { Dialog } from '@/parts/Dialog'
import { Notice } from '@/parts/Notice'
import { useAccount } from '@/shell/session'
import { appendCurl } from './curl'
import styles from './Keys.module.css'

interface ShowSecretProps {
  token: string
  name: string
  onClose: () => void
}

/** The only time that a token is seen: stays until it was copied, or a person says that it was saved. */
export function ShowSecret({ token, name, onClose }: ShowSecretProps) {
  const t = useTranslations('keys')
  const account = useAccount()
  const [copied, setCopied] = useState(false)
  const close = (
    <Button look="primary" onClick={onClose}>
      {copied ? t('done') : t('saved')}
    </Button>
  )
  return (
    <Dialog
      opened
      onClose={onClose}
      dismissible={copied}
      title={t('secret_title', { name })}
      actions={close}
    >
      <div className={styles.stack}>
        <Notice tone="warn">{t('secret_once')}</Notice>
        <CodeBlock prominent title={t('secret')} text={token} onCopied={() => setCopied(true)} />
        <CodeBlock
          title={t('curl')}
          text={appendCurl(location.origin, account.id, token)}
          onCopied={() => setCopied(true)}
        />
      </div>
    </Dialog>
  )
}
