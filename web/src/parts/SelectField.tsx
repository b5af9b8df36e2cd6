import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import styles from './TextField.module.css'

type SelectFieldProps = Omit<
  NativeSelectProps,
  'classNames' | 'size' | 'radius' | 'variant' | 'style'
>

/** The browser's own select: best on phones and with screen readers. */
export function SelectField(props: SelectFieldProps) {
  return (
    <NativeSelect
      classNames={{
        input: styles.input ?? '',
        label: styles.label ?? '',
        description: styles.description ?? '',
        error: styles.error ?? '',
      }}
      {...props}
    />
  )
}
