import { type ReactNode, useId } from 'react'
import styles from './ChoiceField.module.css'

/** One of several choices. */
export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly detail?: ReactNode
}

interface ChoiceFieldProps<Value extends string> {
  label: string
  description?: string
  choices: readonly Choice<Value>[]
  value: Value
  onChange: (value: Value) => void
  disabled?: boolean
}

/** Radio buttons whose choices are all in view, side by side while there is room. */
export function ChoiceField<Value extends string>({
  label,
  description,
  choices,
  value,
  onChange,
  disabled = false,
}: ChoiceFieldProps<Value>) {
  const id = useId()
  const hasDetails = choices.some(({ detail }) => detail !== undefined)
  return (
    <fieldset className={styles.field} disabled={disabled}>
      <legend className={styles.legend}>{label}</legend>
      {description !== undefined && <p className={styles.description}>{description}</p>}
      <div className={hasDetails ? styles.cards : styles.row}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.choice}>
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              className={styles.dot}
              onChange={() => onChange(choice.value)}
            />
            <span className={styles.text}>
              <span className={styles.label}>{choice.label}</span>
              {choice.detail !== undefined && (
                <span className={styles.detail}>{choice.detail}</span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
