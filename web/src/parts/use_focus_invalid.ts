import { useEffect } from 'react'
import { focusFirstInvalid } from './focus_invalid'

/** Moves the focus to what is wrong in a form whenever `problem` becomes another one; null: nothing is. */
export function useFocusInvalid(form: string, problem: unknown): void {
  useEffect(() => {
    const element = document.getElementById(form)
    if (element !== null && problem !== null) focusFirstInvalid(element)
  }, [form, problem])
}
