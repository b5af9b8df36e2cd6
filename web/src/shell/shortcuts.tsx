import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'

/** A key of the keyboard map: a single key, or two typed one after the other (`g a`). */
export interface Shortcut {
  readonly keys: string
  /** The line in the list of shortcuts. */
  readonly label: string
  readonly run: () => void
}

interface Registry {
  readonly add: (shortcut: Shortcut) => () => void
  readonly all: () => readonly Shortcut[]
}

const Shortcuts = createContext<Registry | null>(null)

const FIELDS = 'input, textarea, select, [contenteditable=true], [role=combobox], [role=slider]'

/** Whether a key belongs to what has the focus, or to a dialog above the page. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  const target = event.target
  if (target instanceof Element && target.closest(FIELDS) !== null) return true
  return document.querySelector('[aria-modal=true], [role=menu]') !== null
}

/** Listens for single keys on the whole page; `enabled` is the person's preference (SC 2.1.4). */
export function ShortcutProvider({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  const known = useRef(new Map<string, Shortcut[]>())
  const first = useRef<{ key: string; at: number } | null>(null)
  useEffect(() => {
    if (!enabled) return
    const onKey = (event: KeyboardEvent) => {
      if (belongsElsewhere(event)) return
      const before = first.current
      first.current = null
      const pair =
        before && event.timeStamp - before.at < 1500 ? `${before.key} ${event.key}` : null
      const found =
        (pair && known.current.get(pair)?.at(-1)) || known.current.get(event.key)?.at(-1)
      if (found !== undefined) {
        event.preventDefault()
        found.run()
      } else if ([...known.current.keys()].some((keys) => keys.startsWith(`${event.key} `))) {
        first.current = { key: event.key, at: event.timeStamp }
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
  const registry = useMemo<Registry>(
    () => ({
      add(shortcut) {
        const stack = known.current.get(shortcut.keys) ?? []
        known.current.set(shortcut.keys, [...stack, shortcut])
        return () => {
          const left = (known.current.get(shortcut.keys) ?? []).filter((one) => one !== shortcut)
          if (left.length === 0) known.current.delete(shortcut.keys)
          else known.current.set(shortcut.keys, left)
        }
      },
      all: () => [...known.current.values()].flatMap((stack) => stack.slice(-1)),
    }),
    [],
  )
  return <Shortcuts value={registry}>{children}</Shortcuts>
}

/** Every shortcut of the screen that is shown. */
export function useShortcutList(): () => readonly Shortcut[] {
  const registry = useContext(Shortcuts)
  return () => registry?.all() ?? []
}

/** Binds a key while the calling part is on the screen; the latest binding of a key wins. */
export function useShortcut(keys: string, label: string, run: () => void): void {
  const registry = useContext(Shortcuts)
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(
    () => registry?.add({ keys, label, run: () => latest.current() }),
    [registry, keys, label],
  )
}
