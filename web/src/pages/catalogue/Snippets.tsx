import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/parts/CodeBlock'
import { Tabs } from '@/parts/Tabs'
import { useAccount } from '@/shell/session'
import type { ShownEvent } from './ActionPage'
import styles from './Catalogue.module.css'
import { exampleCurl, exampleOf } from './example'

/** How a program sends such an event. */
export function Snippets({ event }: { event: ShownEvent }) {
  const t = useTranslations('catalogue')
  const { id } = useAccount()
  const [shown, setShown] = useState('curl')
  const example = exampleOf(event)
  const curl = exampleCurl(location.origin, id, example, t('your_key'))
  const json = JSON.stringify(example, null, 2)
  return (
    <section className={styles.section}>
      <h2>{t('send')}</h2>
      <Tabs
        label={t('send')}
        shown={shown}
        onShow={setShown}
        tabs={[
          { key: 'curl', label: t('curl'), content: <CodeBlock title={t('curl')} text={curl} /> },
          { key: 'json', label: t('json'), content: <CodeBlock title={t('json')} text={json} /> },
        ]}
      />
    </section>
  )
}
