import { Button as MantineButton, type ButtonProps as MantineProps } from '@mantine/core'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import styles from './Button.module.css'

interface ButtonProps
  extends Pick<MantineProps, 'leftSection' | 'rightSection' | 'loading' | 'disabled' | 'fullWidth'>,
    Omit<ComponentPropsWithRef<'button'>, 'color' | 'style'> {
  /** One primary button per screen; `quiet` has no border; `danger` destroys something. */
  look?: 'primary' | 'default' | 'quiet' | 'danger'
  size?: 'md' | 'sm'
  children: ReactNode
}

/** A button with a text. */
export function Button({ look = 'default', size = 'md', className, ...rest }: ButtonProps) {
  const variant = look === 'primary' ? 'filled' : look === 'quiet' ? 'subtle' : 'default'
  const classes = [styles.button, styles[look], styles[size], className].filter(Boolean).join(' ')
  return <MantineButton variant={variant} className={classes} type="button" {...rest} />
}
