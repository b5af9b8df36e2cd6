import type { NewEvent } from '../server'
import { before, PEOPLE } from './people'

const ACTIONS = [
  'user.login',
  'user.logout',
  'dataset.upload',
  'experiment.create',
  'model_api_key.create',
  'data.update',
  'data.read',
  'billing.invoice_pay',
]
const SOURCES = ['ui', 'api', 'cli', 'mobile']
const RESULTS = ['success', 'success', 'success', 'success', 'success', 'success', 'failure']

/** Numbers that look random and are the same in every run. */
export function sequence(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** One of a list, by a number from 0 to 1. */
export function pick<T>(list: readonly T[], at: number): T {
  const one = list[Math.min(Math.floor(at * list.length), list.length - 1)]
  if (one === undefined) throw new Error('an empty list has nothing to pick')
  return one
}

const RECENT = 420
const EARLIER = 60

/** Ordinary days: events of the last 60 days, and a few of earlier years. */
export function fillerEvents(now: number): NewEvent[] {
  const random = sequence(7)
  const recent = Array.from({ length: RECENT }, (_, at) => {
    const day = Math.floor((at * 60) / RECENT)
    return before(now, day, 1 + Math.floor(random() * 1_430))
  })
  const earlier = Array.from({ length: EARLIER }, (_, at) =>
    before(now, 70 + at * 17, Math.floor(random() * 1_430)),
  )
  return [...recent, ...earlier].map((occurred_at, at) => ({
    action: pick(ACTIONS, random()),
    occurred_at,
    actor: pick(PEOPLE, random()),
    outcome: { result: pick(RESULTS, random()) },
    context: { ip: `192.0.2.${1 + (at % 40)}`, source: pick(SOURCES, random()) },
    targets: [{ type: 'record', id: `rec_${100 + (at % 25)}`, name: `Record ${100 + (at % 25)}` }],
    description: `Ordinary work no. ${at + 1}`,
  }))
}

/** What only the other account has; each text says so. */
export const ZETA_MARK = 'ZETA-ONLY'

/** The events of the other account. */
export function zetaEvents(now: number): NewEvent[] {
  return Array.from({ length: 30 }, (_, at) => ({
    action: 'zeta.probe_launch',
    occurred_at: before(now, at % 20, at),
    actor: { type: 'user', id: 'usr_zoe', name: `Zoe ${ZETA_MARK}`, email: 'zoe@zeta.example' },
    targets: [{ type: 'probe', id: `prb_${at}`, name: `Probe ${ZETA_MARK} ${at}` }],
    context: { ip: '192.0.2.250', source: 'zeta' },
    description: `${ZETA_MARK} launch no. ${at + 1}`,
  }))
}
