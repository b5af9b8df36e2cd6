import { ActionIcon, Tooltip } from '@mantine/core'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import styles from './IconButton.module.css'

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'color' | 'style'> {
  /** The accessible name, also shown as a tooltip. */
  label: string
  look?: 'default' | 'quiet'
  size?: 'md' | 'sm'
  children: ReactNode
}

/** A button with an icon only; its name shows on hover and on focus. */
export function IconButton({
  label,
  look = 'quiet',
  size = 'md',
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip
      label={label}
      openDelay={400}
      events={{ hover: true, focus: true, touch: false }}
      withinPortal
    >
      <ActionIcon
        aria-label={label}
        size={size === 'sm' ? 28 : 36}
        variant={look === 'default' ? 'default' : 'subtle'}
        className={`${styles.icon} ${styles[look] ?? ''}`}
        type="button"
        {...rest}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
