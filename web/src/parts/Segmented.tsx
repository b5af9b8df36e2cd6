import { useId } from 'react'
import styles from './Segmented.module.css'

/** One of the choices. */
export interface Choice<Key extends string> {
  readonly key: Key
  readonly label: string
  readonly disabled?: boolean
}

interface SegmentedProps<Key extends string> {
  label: string
  choices: readonly Choice<Key>[]
  chosen: Key
  onChoose: (key: Key) => void
}

/** One choice of a few, all of which are seen; arrows move between them. */
export function Segmented<Key extends string>({
  label,
  choices,
  chosen,
  onChoose,
}: SegmentedProps<Key>) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend className="visually-hidden">{label}</legend>
      {choices.map(({ key, label, disabled }) => (
        <label key={key} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={key}
            checked={key === chosen}
            disabled={disabled}
            onChange={() => onChoose(key)}
            className={styles.input}
          />
          <span className={styles.label}>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
