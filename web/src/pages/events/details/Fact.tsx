import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import type { Criterion, Value as FilterValue } from '@/filter/state'
import { Expandable, Value } from '@/parts/Value'
import { ValueMenu } from '@/parts/ValueMenu'
import styles from './Fact.module.css'
import { useActions } from './panel_context'

/** A labelled block of facts. */
export function Block({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.block} aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        {title}
      </h3>
      <dl className={styles.facts}>{children}</dl>
    </section>
  )
}

/** A label and what stands beside it. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  )
}

/** What a value leads to: the log of a resource, or the activity of an actor. */
export type Opens = { type: string; id: string } | { actor: string }

interface FactValueProps {
  /** What the value is, such as "IP Address". */
  what: string
  value: unknown
  /** The column that has it; the value itself when nothing else is given. */
  column?: string
  filterValue?: FilterValue
  op?: Criterion['op']
  opens?: Opens | undefined
  mono?: boolean
  /** Shown in the place of the value. */
  children?: ReactNode
}

/** A value with its menu. */
export function FactValue(props: FactValueProps) {
  const { what, value, column, filterValue, op = 'eq', opens, mono = false, children } = props
  const { onOnly, onExclude } = useActions()
  const open = useOpen(opens)
  const compared = filterValue ?? (isScalar(value) ? value : undefined)
  const isFilter = column !== undefined && compared !== undefined
  return (
    <Expandable value={children === undefined ? value : null}>
      {(whole) => (
        <ValueMenu
          what={what}
          text={typeof value === 'string' ? value : JSON.stringify(value)}
          mono={mono}
          opens={open}
          onOnly={isFilter ? () => onOnly({ column, op, value: compared }) : undefined}
          // There is no operator for what lies outside of a network.
          onExclude={
            isFilter && op === 'eq'
              ? () => onExclude({ column, op: 'ne', value: compared })
              : undefined
          }
        >
          {children ?? <Value value={value} whole={whole} />}
        </ValueMenu>
      )}
    </Expandable>
  )
}

function isScalar(value: unknown): value is FilterValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function useOpen(opens: Opens | undefined): { label: string; run: () => void } | undefined {
  const t = useTranslations('details')
  const { account } = useActions()
  const navigate = useNavigate()
  if (opens === undefined) return undefined
  if ('actor' in opens) {
    const params = { account, actor: opens.actor }
    return {
      label: t('menu.open_activity'),
      run: () => void navigate({ to: '/a/$account/activity/$actor', params }),
    }
  }
  const params = { account, type: opens.type, id: opens.id }
  return {
    label: t('menu.open_log'),
    run: () => void navigate({ to: '/a/$account/resources/$type/$id/log', params }),
  }
}

/** A fact of one value; nothing when there is no value. */
export function SimpleFact(props: FactValueProps & { label: string }) {
  const { label, ...rest } = props
  if (props.value === undefined || props.value === null || props.value === '') return null
  return (
    <Fact label={label}>
      <FactValue {...rest} />
    </Fact>
  )
}
