import { Textarea, type TextareaProps } from '@mantine/core'
import styles from './TextField.module.css'

type TextAreaProps = Omit<
  TextareaProps,
  'classNames' | 'size' | 'radius' | 'variant' | 'style' | 'autosize'
>

/** Several lines of text with a visible label; `error` is announced. */
export function TextArea(props: TextAreaProps) {
  return (
    <Textarea
      classNames={{
        input: styles.area ?? '',
        label: styles.label ?? '',
        description: styles.description ?? '',
        error: styles.error ?? '',
      }}
      {...props}
    />
  )
}
