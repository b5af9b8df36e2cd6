import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { Preset, TimeChoice } from '@/filter/state'
import { PRESETS, ROLLING } from '@/time/presets'
import styles from './PresetList.module.css'

interface PresetListProps {
  choice: TimeChoice
  onChoose: (preset: Preset) => void
}

/** The presets as one choice: those of the calendar, and below those that end now. */
export function PresetList({ choice, onChoose }: PresetListProps) {
  const t = useTranslations('time')
  const name = useId()
  const group = (label: string, presets: readonly Preset[]) => (
    <div role="radiogroup" aria-label={label} className={styles.group}>
      {presets.map((preset) => (
        <label key={preset} className={styles.preset}>
          <input
            type="radio"
            name={name}
            className={styles.radio}
            checked={'preset' in choice && choice.preset === preset}
            onChange={() => onChoose(preset)}
          />
          {t(`preset.${preset}`)}
        </label>
      ))}
    </div>
  )
  return (
    <div className={styles.list}>
      {group(t('presets'), PRESETS)}
      {group(t('rolling'), ROLLING)}
    </div>
  )
}
