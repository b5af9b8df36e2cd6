import { createContext, type ReactNode, useContext } from 'react'
import type { Criterion } from '@/filter/state'

/** What a value of the panel can do to the list behind it. */
interface Actions {
  readonly account: string
  readonly zone: string
  /** Shows only events that meet the criterion. */
  readonly onOnly: (criterion: Criterion) => void
  /** Adds a criterion with `ne`. */
  readonly onExclude: (criterion: Criterion) => void
}

const Panel = createContext<Actions | null>(null)

/** Gives the values of a panel their actions. */
export function PanelActions({ actions, children }: { actions: Actions; children: ReactNode }) {
  return <Panel value={actions}>{children}</Panel>
}

/** The actions of the panel around. */
export function useActions(): Actions {
  const actions = useContext(Panel)
  if (actions === null) throw new Error('a value was drawn outside of a details panel')
  return actions
}
