import { type ReactNode, useId } from 'react'
import styles from './CheckField.module.css'

interface CheckFieldProps {
  label: ReactNode
  /** More words under the label. */
  detail?: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

/** A checkbox with its explanation; a click anywhere on its text counts. */
export function CheckField({ label, detail, checked, onChange, disabled }: CheckFieldProps) {
  const id = useId()
  return (
    <div className={styles.field} data-disabled={disabled || undefined}>
      <input
        id={id}
        type="checkbox"
        className={styles.box}
        checked={checked}
        disabled={disabled}
        aria-describedby={detail === undefined ? undefined : `${id}-detail`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id} className={styles.text}>
        <span className={styles.label}>{label}</span>
        {detail !== undefined && (
          <span id={`${id}-detail`} className={styles.detail}>
            {detail}
          </span>
        )}
      </label>
    </div>
  )
}
