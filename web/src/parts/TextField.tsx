import {
  PasswordInput,
  type PasswordInputProps,
  TextInput,
  type TextInputProps,
} from '@mantine/core'
import { useTranslations } from 'use-intl'
import styles from './TextField.module.css'

type Owned = 'classNames' | 'size' | 'radius' | 'variant' | 'style'

type TextFieldProps = Omit<TextInputProps, Owned>

const classNames = {
  input: styles.input ?? '',
  label: styles.label ?? '',
  description: styles.description ?? '',
  error: styles.error ?? '',
}

/** A line of text with a visible label; `error` is announced. */
export function TextField(props: TextFieldProps) {
  return <TextInput classNames={classNames} {...props} />
}

/** A password with a button that shows it. */
export function PasswordField(props: Omit<PasswordInputProps, Owned>) {
  const t = useTranslations('parts')
  return (
    <PasswordInput
      classNames={classNames}
      // The component itself says so with its looks only.
      aria-invalid={Boolean(props.error)}
      visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
      {...props}
    />
  )
}
