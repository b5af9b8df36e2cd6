import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import styles from './PanelFrame.module.css'

interface PanelFrameProps {
  /** The id of the heading inside. */
  labelledBy: string
  onClose: () => void
  children: ReactNode
}

/** Beside the list where there is room, over the whole screen where there is not. */
export function PanelFrame({ labelledBy, onClose, children }: PanelFrameProps) {
  const t = useTranslations('events')
  const wide =
    useMediaQuery('(min-width: 1100px)', undefined, { getInitialValueInEffect: false }) ?? true
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!wide) return
    const onKey = (event: KeyboardEvent) => {
      const above = document.querySelector('[aria-modal=true], [role=menu], [role=listbox]')
      if (event.key === 'Escape' && !event.defaultPrevented && above === null) onClose()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [wide, onClose])
  if (wide) {
    return (
      <section ref={panel} className={styles.panel} aria-labelledby={labelledBy}>
        {children}
      </section>
    )
  }
  return (
    <Drawer.Root
      opened
      onClose={onClose}
      position="right"
      size="100%"
      transitionProps={{ duration: 0 }}
    >
      <Drawer.Content aria-label={t('details')} className={styles.content}>
        <Drawer.Body className={styles.drawer}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
