import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import styles from './Dialog.module.css'

interface DialogProps {
  opened: boolean
  onClose: () => void
  title: string
  /** Width in pixels on wide screens. */
  width?: number
  /** False for a dialog that only its own buttons may close. */
  dismissible?: boolean
  children: ReactNode
  /** Buttons at the bottom, the primary one last. */
  actions?: ReactNode
}

/** A modal dialog: focus stays inside, Esc closes, focus returns to where it was. */
export function Dialog({
  opened,
  onClose,
  title,
  width = 560,
  dismissible = true,
  children,
  actions,
}: DialogProps) {
  const t = useTranslations('parts')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={width}
      radius={12}
      centered={false}
      yOffset="8vh"
      withCloseButton={dismissible}
      closeOnEscape={dismissible}
      closeOnClickOutside={dismissible}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 120, transition: 'fade' }}
      classNames={{
        content: styles.content ?? '',
        title: styles.title ?? '',
        header: styles.header ?? '',
        body: styles.body ?? '',
        overlay: styles.overlay ?? '',
      }}
    >
      {children}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </Modal>
  )
}
