import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button'
import styles from './CodeBlock.module.css'
import { copyText } from './clipboard'

interface CodeBlockProps {
  text: string
  /** What it is, above it and in the name of the button: "curl". */
  title: string
  /** Called when the text is on the clipboard. */
  onCopied?: () => void
  /** One very important line, such as a secret. */
  prominent?: boolean
}

/** Text to copy into a terminal or a file. Long lines wrap, so nothing is hidden. */
export function CodeBlock({ text, title, onCopied, prominent = false }: CodeBlockProps) {
  const t = useTranslations('blocks')
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state !== 'copied') return
    const timer = setTimeout(() => setState('idle'), 2500)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    const done = await copyText(text)
    setState(done ? 'copied' : 'failed')
    if (done) onCopied?.()
  }
  return (
    <figure className={styles.block} data-prominent={prominent || undefined}>
      <figcaption className={styles.bar}>
        <span className={styles.title}>{title}</span>
        <Button
          look="quiet"
          size="sm"
          onClick={() => void copy()}
          leftSection={
            state === 'copied' ? (
              <IconCheck size={14} aria-hidden />
            ) : (
              <IconCopy size={14} aria-hidden />
            )
          }
        >
          {state === 'copied' ? t('copied') : t('copy')}
          <span className="visually-hidden"> {title}</span>
        </Button>
      </figcaption>
      <pre className={styles.text}>
        <code>{text}</code>
      </pre>
      <p role="status" className={state === 'failed' ? styles.failed : 'visually-hidden'}>
        {state === 'copied' && t('copied')}
        {state === 'failed' && t('copy_failed')}
      </p>
    </figure>
  )
}
