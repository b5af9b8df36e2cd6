import { useSyncExternalStore } from 'react'

/** What lies over the page, opened from the keyboard or from a menu. */
export type Overlay = 'shortcuts' | 'palette'

let shown: Overlay | null = null
const listeners = new Set<() => void>()

/** Shows an overlay, or none. */
export function showOverlay(overlay: Overlay | null): void {
  shown = overlay
  for (const listener of listeners) listener()
}

/** The overlay that is shown. */
export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
}
