import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import type { components } from './schema'

type Event = components['schemas']['Event']
type Criterion = components['schemas']['Criterion']
type ValueCount = components['schemas']['ValueCount']

/** What happens in the life of a resource. */
export type StepKind = 'created' | 'changed' | 'deployed' | 'deleted'

/** A step of it, and the event that was it. */
export interface Step {
  readonly kind: StepKind
  readonly event: Event
}

/** The life of a resource, told by its events. */
export interface Story {
  /** In the order of time: its creation, its newest change and deployment, its deletion if it is gone. */
  readonly steps: readonly Step[]
  /** Its newest events, newest first. */
  readonly recent: readonly Event[]
  /** Who acted on it most, most frequent first, and how many events were by others. */
  readonly actors: { readonly values: readonly ValueCount[]; readonly others: number }
}

const RECENT = 8
const ACTORS = 5

/** How many events are looked through for one that is about the resource first of all. */
const LOOKED_THROUGH = 20

/** Tells the life of a resource. */
export const storyQuery = (account: string, type: string, id: string) =>
  queryOptions({
    queryKey: ['story', account, type, id],
    queryFn: ({ signal }) => tell(account, { type, id }, signal),
    staleTime: 30_000,
  })

interface Target {
  readonly type: string
  readonly id: string
}

async function tell(account: string, target: Target, signal: AbortSignal): Promise<Story> {
  const about = { range: 'all_time', resource: `${target.type}:${target.id}` }
  const path = { params: { path: { account } }, signal }
  const search = async (order: 'asc' | 'desc', limit: number, refine: Criterion[]) =>
    bodyOf(
      await api.POST('/v1/accounts/{account}/events/search', {
        ...path,
        body: { ...about, order, limit, refine },
      }),
    ).events
  const counted = await Promise.all([
    api.POST('/v1/accounts/{account}/events/facets', {
      ...path,
      body: { ...about, columns: ['action'], size: 100 },
    }),
    api.POST('/v1/accounts/{account}/events/facets', {
      ...path,
      body: { ...about, columns: ['user'], size: ACTORS },
    }),
    search('desc', RECENT, []),
  ])
  const [actions, actors, recent] = [bodyOf(counted[0]), bodyOf(counted[1]), counted[2]]
  const names = (actions.facets.action?.values ?? []).map(({ value }) => String(value))
  const lists = await Promise.all(
    plan(names).map(async ({ kind, order, refine, isAny }) => {
      const events = await search(order, LOOKED_THROUGH, refine)
      const event = events.find((one) => isAny || isFirstTarget(one, target))
      return event === undefined ? [] : [{ kind, event }]
    }),
  )
  return {
    steps: inOrder(lists.flat()),
    recent,
    actors: {
      values: actors.facets.user?.values ?? [],
      others: actors.facets.user?.other ?? 0,
    },
  }
}

interface Plan {
  readonly kind: StepKind
  readonly order: 'asc' | 'desc'
  readonly refine: Criterion[]
  /** Whether the resource may be any target: an agent is deployed with the model it runs on. */
  readonly isAny: boolean
}

/** What to look for, given the actions that were done to the resource. */
function plan(actions: readonly string[]): Plan[] {
  const deploys = actions.filter((name) => /(^|[._])deploy$/.test(name))
  // Taking a resource out of service is a deletion to the catalogue, but not to the resource.
  const others = [...deploys, ...actions.filter((name) => /(^|[._])undeploy$/.test(name))]
  const verb = (value: string): Criterion[] => [
    { column: 'verb', op: 'eq', value },
    ...(others.length > 0 ? [{ column: 'action', op: 'nin' as const, value: others }] : []),
  ]
  const plans: Plan[] = [
    { kind: 'created', order: 'asc', refine: verb('create'), isAny: false },
    { kind: 'changed', order: 'desc', refine: verb('update'), isAny: false },
    { kind: 'deleted', order: 'desc', refine: verb('delete'), isAny: false },
  ]
  if (deploys.length > 0) {
    const refine: Criterion[] = [{ column: 'action', op: 'in', value: deploys }]
    plans.push({ kind: 'deployed', order: 'desc', refine, isAny: true })
  }
  return plans
}

/** The first target is what an event is about, unless its action says that it was only a part of it: the key of a model. */
function isFirstTarget(event: Event, { type, id }: Target): boolean {
  const first = event.targets?.[0]
  const noun = event.action.split('.').at(-2) ?? ''
  const isPart = noun.startsWith(`${type}_`)
  return event.outcome.result === 'success' && !isPart && first?.type === type && first.id === id
}

function inOrder(steps: readonly Step[]): Step[] {
  const at = ({ event }: Step) => Temporal.Instant.from(event.occurred_at)
  return steps.toSorted((one, other) => Temporal.Instant.compare(at(one), at(other)))
}
