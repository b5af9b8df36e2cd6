import { useTranslations } from 'use-intl'
import { CheckField } from './CheckField'
import styles from './HiddenFacets.module.css'

/** Parts of an event that can be hidden, in the order of the event. */
export const HIDDEN_FACETS = [
  'actor',
  'names',
  'targets',
  'context',
  'changes',
  'text',
  'metadata',
] as const

/** A part of an event that can be hidden. */
export type HiddenFacet = (typeof HIDDEN_FACETS)[number]

interface HiddenFacetsProps {
  hidden: readonly HiddenFacet[]
  onChange: (hidden: HiddenFacet[]) => void
  disabled?: boolean
}

/** Which parts of events stay hidden; what is hidden is still proven. */
export function HiddenFacets({ hidden, onChange, disabled = false }: HiddenFacetsProps) {
  const t = useTranslations('hidden')
  const toggle = (facet: HiddenFacet, on: boolean) =>
    onChange(HIDDEN_FACETS.filter((one) => (one === facet ? on : hidden.includes(one))))
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{t('legend')}</legend>
      <p className={styles.lead}>{t('lead')}</p>
      <div className={styles.list}>
        {HIDDEN_FACETS.map((facet) => (
          <CheckField
            key={facet}
            label={t(`facet.${facet}`)}
            detail={t(`explained.${facet}`)}
            checked={hidden.includes(facet)}
            disabled={disabled}
            onChange={(on) => toggle(facet, on)}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** Says hidden parts in words, such as *Changes, Context*. */
export function useHiddenNames(): (hidden: readonly HiddenFacet[]) => string {
  const t = useTranslations('hidden')
  return (hidden) => hidden.map((facet) => t(`facet.${facet}`)).join(', ')
}
