import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { CodeBlock } from '@/parts/CodeBlock'
import { Dialog } from '@/parts/Dialog'
import { Notice } from '@/parts/Notice'
import { useSignedIn } from '@/shell/session'
import styles from './Security.module.css'
import { saveText } from './save_text'

interface RecoveryCodesProps {
  codes: readonly string[]
  /** Whether the second factor was just turned on. */
  isFirst: boolean
  onClose: () => void
}

/** The only time that the codes are seen: stays until they were copied or saved, or a person says so. */
export function RecoveryCodes({ codes, isFirst, onClose }: RecoveryCodesProps) {
  const t = useTranslations('security')
  const { person, instance } = useSignedIn()
  const [isSaved, setSaved] = useState(false)
  const text = codes.join('\n')
  const download = () => {
    const head = t('codes_file', { instance: instance.name, email: person.email })
    saveText('annals-recovery-codes.txt', `${head}\n\n${text}\n`)
    setSaved(true)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      dismissible={isSaved}
      title={t(isFirst ? 'codes_first_title' : 'codes_title')}
      width={440}
      actions={
        <>
          <Button onClick={download} leftSection={<IconDownload size={16} aria-hidden />}>
            {t('codes_download')}
          </Button>
          <Button look="primary" onClick={onClose}>
            {isSaved ? t('done') : t('codes_saved')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <Notice tone="warn">{t('codes_once')}</Notice>
        <div className={styles.codes}>
          <CodeBlock prominent title={t('codes')} text={text} onCopied={() => setSaved(true)} />
        </div>
        <p className={styles.note}>{t('codes_use')}</p>
      </div>
    </Dialog>
  )
}
