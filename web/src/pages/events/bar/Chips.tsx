import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { criterionText, describePieces } from '@/filter/describe'
import * as edit from '@/filter/edit'
import type { Criterion } from '@/filter/state'
import { Button } from '@/parts/Button'
import type { BarProps } from './bar_props'
import { Chip } from './Chip'
import styles from './Chips.module.css'
import { useValueLabels } from './useValueLabels'

const RefinementWindow = lazy(() =>
  import('./RefinementWindow').then((part) => ({ default: part.RefinementWindow })),
)

interface ChipsProps extends BarProps {
  /** Opens the Filter By window, where the criteria of the filter are edited. */
  onEditFilter: () => void
}

/** Every criterion and refinement as a chip that is edited, paused and removed in place, and *Clear All*. */
export function Chips(props: ChipsProps) {
  const { state, onChange, account, onEditFilter } = props
  const t = useTranslations('filter')
  const [editing, setEditing] = useState<number | null>(null)
  const { filter, refine } = state
  const labelOf = useValueLabels(account, [...filter.criteria, ...refine])
  if (!edit.isFiltered(state)) return null
  const texts = (criterion: Criterion) => ({
    pieces: describePieces(criterion, t, labelOf),
    words: criterionText(criterion, t, labelOf),
  })
  const isGroup = filter.match === 'any' && filter.criteria.length > 1
  return (
    <div className={styles.chips}>
      <ul className={styles.list} aria-label={t('chips.label')}>
        {filter.criteria.map((criterion, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a criterion is its place in the filter.
          <li key={at} className={styles.item}>
            {isGroup && (
              <span className={styles.joint}>{t(at === 0 ? 'chips.any' : 'chips.or')}</span>
            )}
            <Chip
              {...texts(criterion)}
              paused={false}
              onEdit={onEditFilter}
              onPause={isGroup ? undefined : () => onChange(edit.pauseCriterion(state, at), 'push')}
              onRemove={() => onChange(edit.removeCriterion(state, at), 'push')}
            />
          </li>
        ))}
        {refine.map((refinement, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a refinement is its place in the list.
          <li key={at} className={styles.item}>
            <Chip
              {...texts(refinement)}
              paused={refinement.paused === true}
              onEdit={() => setEditing(at)}
              onPause={() => onChange(edit.togglePaused(state, at), 'push')}
              onRemove={() => onChange(edit.removeRefinement(state, at), 'push')}
            />
          </li>
        ))}
      </ul>
      <Button look="quiet" size="sm" onClick={() => onChange(edit.clearAll(state), 'push')}>
        {t('window.clear')}
      </Button>
      {editing !== null && (
        <Suspense>
          <RefinementWindow {...props} index={editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </div>
  )
}
