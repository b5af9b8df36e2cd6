import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CatalogEvent } from '@/api/catalogue'
import { Button } from '@/parts/Button'
import styles from './Catalogue.module.css'
import { DeclareEvent } from './DeclareEvent'
import { DeprecateEvent } from './DeprecateEvent'
import { EndDeclaration } from './EndDeclaration'

interface ActionButtonsProps {
  /** The declaration, or what is known of an action that nobody declared. */
  event: Partial<CatalogEvent> & Pick<CatalogEvent, 'action' | 'event'>
  isDeclared: boolean
  categories: readonly string[]
}

type Layer = 'declare' | 'deprecate' | 'restore' | 'remove'

/** What may be done about a declaration: packs are as they are, but can be deprecated. */
export function ActionButtons({ event, isDeclared, categories }: ActionButtonsProps) {
  const t = useTranslations('catalogue')
  const [layer, setLayer] = useState<Layer | null>(null)
  const close = () => setLayer(null)
  const isOwn = isDeclared && event.own === true
  const isDeprecated = event.state === 'deprecated'
  if (event.pack === 'audit_log') return null
  return (
    <p className={styles.buttons}>
      {!isDeclared && (
        <Button look="primary" onClick={() => setLayer('declare')}>
          {t('declare')}
        </Button>
      )}
      {isOwn && <Button onClick={() => setLayer('declare')}>{t('edit')}</Button>}
      {isDeclared && !isDeprecated && (
        <Button onClick={() => setLayer('deprecate')}>{t('deprecate')}</Button>
      )}
      {isDeclared && isDeprecated && (
        <Button onClick={() => setLayer('restore')}>{t('restore')}</Button>
      )}
      {isOwn && <Button onClick={() => setLayer('remove')}>{t('remove')}</Button>}
      {layer === 'declare' && (
        <DeclareEvent
          known={event}
          isDeclared={isDeclared}
          categories={categories}
          onClose={close}
        />
      )}
      {layer === 'deprecate' && <DeprecateEvent event={event} onClose={close} />}
      {(layer === 'restore' || layer === 'remove') && (
        <EndDeclaration event={event} what={layer} onClose={close} />
      )}
    </p>
  )
}
