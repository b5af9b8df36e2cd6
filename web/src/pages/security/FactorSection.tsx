import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type SecondFactor, secondFactorQuery } from '@/api/security'
import { Button } from '@/parts/Button'
import { FormSection } from '@/parts/FormSection'
import { Moment } from '@/parts/Moment'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { Tag } from '@/parts/Tag'
import { useDisplay } from '@/shell/display'
import { NewRecoveryCodes } from './NewRecoveryCodes'
import { RemoveFactor } from './RemoveFactor'
import styles from './Security.module.css'
import { SetUpFactor } from './SetUpFactor'

type Layer = 'set up' | 'codes' | 'remove'

/** Fewer than these are worth a word. */
const FEW_CODES = 3

/** The second factor: whether it is on, and what can be done about it. */
export function FactorSection() {
  const t = useTranslations('security')
  const { data, error, isPending, refetch } = useQuery(secondFactorQuery)
  const [layer, setLayer] = useState<Layer | null>(null)
  const close = () => setLayer(null)
  return (
    <FormSection title={t('factor')} lead={t('factor_lead')}>
      {error !== null && (
        <ProblemStrip error={error} what={t('factor_failed')} onRetry={() => void refetch()} />
      )}
      {isPending && <Skeleton lines={2} height={36} />}
      {data !== undefined && <State factor={data} onOpen={setLayer} />}
      {layer === 'set up' && <SetUpFactor onClose={close} />}
      {layer === 'codes' && <NewRecoveryCodes onClose={close} />}
      {layer === 'remove' && <RemoveFactor onClose={close} />}
    </FormSection>
  )
}

interface StateProps {
  factor: SecondFactor
  onOpen: (layer: Layer) => void
}

function State({ factor, onOpen }: StateProps) {
  const t = useTranslations('security')
  const { zone } = useDisplay()
  const { enabled, since, recovery_codes_left: left } = factor
  if (!enabled) {
    return (
      <>
        <p className={styles.state}>
          <Tag tone="warn">{t('factor_off')}</Tag> {t('factor_off_body')}
        </p>
        <div className={styles.buttons}>
          <Button onClick={() => onOpen('set up')}>{t('factor_set_up')}</Button>
        </div>
      </>
    )
  }
  return (
    <>
      <p className={styles.state}>
        <Tag tone="ok">{t('factor_on')}</Tag>
        <span>
          {since != null && (
            <>
              {t('factor_since')} <Moment at={since} zone={zone} show="day" />
              {' · '}
            </>
          )}
          {t('codes_left', { count: left })}
        </span>
      </p>
      {left < FEW_CODES && <Notice tone="warn">{t('codes_few')}</Notice>}
      <div className={styles.buttons}>
        <Button onClick={() => onOpen('codes')}>{t('codes_new')}</Button>
        <Button look="danger" onClick={() => onOpen('remove')}>
          {t('factor_remove')}
        </Button>
      </div>
    </>
  )
}
