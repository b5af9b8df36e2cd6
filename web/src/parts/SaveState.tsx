import { IconCheck } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import styles from './SaveState.module.css'

/** How the last change stands; read out when it changes. */
export function SaveState({ state }: { state: 'idle' | 'saving' | 'saved' }) {
  const t = useTranslations('blocks')
  return (
    <p role="status" className={styles.state}>
      {state === 'saving' && t('saving')}
      {state === 'saved' && (
        <>
          <IconCheck size={14} aria-hidden /> {t('saved')}
        </>
      )}
    </p>
  )
}
