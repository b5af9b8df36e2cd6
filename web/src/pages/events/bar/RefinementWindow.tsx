import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { criterionOf, isWhole, rowOf } from '@/filter/draft'
import { replaceRefinement } from '@/filter/edit'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import type { BarProps } from './bar_props'
import { FilterRow } from './FilterRow'
import { useFocusBack } from './useFocusBack'
import { useMetadataFields } from './useMetadataFields'
import { useValueLabels } from './useValueLabels'

interface RefinementWindowProps extends BarProps {
  /** Which of the refinements. */
  index: number
  onClose: () => void
}

/** Edits one refinement; nothing changes before Apply. */
export function RefinementWindow({
  state,
  onChange,
  account,
  index,
  onClose,
}: RefinementWindowProps) {
  const t = useTranslations('filter')
  const refinement = state.refine[index]
  useFocusBack()
  const [row, setRow] = useState(() => (refinement === undefined ? null : rowOf(refinement)))
  const [checked, setChecked] = useState(false)
  const fields = useMetadataFields(account)
  const labelOf = useValueLabels(account, refinement === undefined ? [] : [refinement])
  if (row === null || refinement === undefined) return null
  const read = criterionOf(row)
  const apply = () => {
    setChecked(true)
    if (!isWhole(read)) return
    const next = refinement.paused === true ? { ...read, paused: true } : read
    onChange(replaceRefinement(state, index, next), 'push')
    onClose()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('chips.edit_title')}
      width={680}
      actions={
        <>
          <Button onClick={onClose}>{t('window.cancel')}</Button>
          <Button look="primary" onClick={apply}>
            {t('window.apply')}
          </Button>
        </>
      }
    >
      <FilterRow
        account={account}
        row={row}
        number={1}
        fields={fields}
        labelOf={labelOf}
        gap={checked && !isWhole(read) ? read : null}
        first
        onChange={setRow}
        onEnter={apply}
      />
    </Dialog>
  )
}
