import { useEffect, useRef } from 'react'

/** Gives the focus back to where it was when a window goes away, also when it is taken off the page at once. */
export function useFocusBack(): void {
  const opener = useRef<Element | null>(document.activeElement)
  useEffect(
    () => () => {
      // The window is still there now, with the focus inside.
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        if (isLost && opener.current instanceof HTMLElement) opener.current.focus()
      })
    },
    [],
  )
}
