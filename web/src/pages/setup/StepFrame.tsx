import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import styles from './Setup.module.css'
import { STEPS, type Step } from './step'

interface StepFrameProps {
  step: Step
  children: ReactNode
}

/** Where the wizard stands, and the heading of the step, which takes the focus. */
export function StepFrame({ step, children }: StepFrameProps) {
  const t = useTranslations('setup')
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new step is read out from its heading.
  useEffect(() => heading.current?.focus(), [step])
  const at = STEPS.indexOf(step)
  return (
    <>
      <ol className={styles.steps} aria-label={t('progress')}>
        {STEPS.map((one, index) => (
          <li
            key={one}
            className={styles.step}
            data-done={index < at || undefined}
            aria-current={index === at ? 'step' : undefined}
          >
            <span className={styles.number} aria-hidden>
              {index < at ? <IconCheck size={12} /> : index + 1}
            </span>
            <span className={styles.step_name}>{t(`steps.${one}`)}</span>
            {index < at && <span className="visually-hidden">{t('step_done')}</span>}
          </li>
        ))}
      </ol>
      <h1 ref={heading} tabIndex={-1} className={styles.heading}>
        {t(`headings.${step}`)}
      </h1>
      <p className={styles.lead}>{t(`leads.${step}`)}</p>
      {children}
    </>
  )
}
