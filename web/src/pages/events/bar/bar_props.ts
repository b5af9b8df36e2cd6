import type { Locked } from '@/filter/search'
import type { LogState } from '@/filter/state'
import type { WeekStart } from '@/time/week'

/** What every part of the bar is given. */
export interface BarProps {
  state: LogState
  /** `push` can be undone by Back. */
  onChange: (next: LogState, how: 'push' | 'replace') => void
  account: string
  /** The shown zone, an IANA name. */
  zone: string
  weekStart: WeekStart
  /** What the page adds to every search. */
  locked?: Locked | undefined
}
