import type { RawSearch } from '@/shell/search_params'
import { readTime, writeTime } from '@/time/choice'
import { isZone } from '@/time/zone'
import { columnOf } from './columns'
import { readCriterion, writeCriterion } from './criterion_text'
import { type Criterion, INITIAL, type LogState, type Refinement } from './state'
import { MAX_CRITERIA } from './values'

/** A part of a URL that could not be read: the parameter, and what stood there. */
export interface Dropped {
  readonly name: string
  readonly text: string
}

/** What a URL says, and what of it could not be read. */
export interface ReadState {
  readonly state: LogState
  readonly dropped: readonly Dropped[]
}

const PAUSED = '!'
const MAX_QUERY_BYTES = 4096
const INITIAL_TIME = writeTime(INITIAL.time)

/** Reads the parameters of {@link writeState}; bad parts are left out and named, and never thrown. */
export function readState(raw: RawSearch): ReadState {
  const reader = new Reader(raw)
  const criteria = reader.many('f', readCriterion)
  const state: LogState = {
    time: reader.one('t', readTime) ?? INITIAL.time,
    filter: {
      match: reader.one('m', (text) => (text === 'all' || text === 'any' ? text : null)) ?? 'all',
      criteria,
    },
    refine: reader.many('r', readRefinement),
    q: reader.one('q', readQuery) ?? '',
    event: reader.one('e', (text) => (/^[\w-]{1,64}$/.test(text) ? text : null)),
    columns: reader.one('cols', readColumns),
    zone: reader.one('tz', (text) => (isZone(text) ? text : null)),
    live: reader.one('live', (text) => (text === '1' || text === '0' ? text : null)) === '1',
    order:
      reader.one('order', (text) => (text === 'asc' || text === 'desc' ? text : null)) ?? 'desc',
  }
  return { state, dropped: reader.dropped }
}

/** Reads parameters, and remembers what it could not read. */
class Reader {
  readonly dropped: Dropped[] = []

  constructor(private readonly raw: RawSearch) {}

  /** The first readable value of a parameter; any other is dropped. */
  one<T>(name: string, read: (text: string) => T | null): T | null {
    let found: T | null = null
    for (const text of this.texts(name)) {
      const value: T | null = found === null ? read(text) : null
      if (value === null) this.dropped.push({ name, text })
      else found = value
    }
    return found
  }

  many<T>(name: string, read: (text: string) => T | null): T[] {
    const found: T[] = []
    for (const text of this.texts(name)) {
      const value = found.length < MAX_CRITERIA ? read(text) : null
      if (value === null) this.dropped.push({ name, text })
      else found.push(value)
    }
    return found
  }

  private texts(name: string): readonly string[] {
    const value = this.raw[name]
    return value === undefined ? [] : typeof value === 'string' ? [value] : value
  }
}

function readRefinement(text: string): Refinement | null {
  if (!text.startsWith(PAUSED)) return readCriterion(text)
  const criterion = readCriterion(text.slice(PAUSED.length))
  return criterion === null ? null : { ...criterion, paused: true }
}

function readQuery(text: string): string | null {
  return new TextEncoder().encode(text).length <= MAX_QUERY_BYTES ? text : null
}

/** Names of columns of the list, which has some that no filter has (`time`, `targets`, `proof`). */
function readColumns(text: string): string[] | null {
  const names = text.split(/(?<!\\),/).map((name) => name.replaceAll('\\,', ','))
  const isName = (name: string) =>
    /^[a-z][a-z0-9_]{0,63}$/.test(name) || (name.startsWith('metadata.') && columnOf(name) !== null)
  return names.every(isName) && new Set(names).size === names.length ? names : null
}

/** Writes a state as parameters; what is as it is at first is left out. */
export function writeState(state: LogState): RawSearch {
  const raw: RawSearch = {}
  const time = writeTime(state.time)
  if (time !== INITIAL_TIME) raw.t = time
  setMany(raw, 'f', state.filter.criteria.map(writeCriterion))
  if (state.filter.match === 'any') raw.m = 'any'
  setMany(raw, 'r', state.refine.map(writeRefinement))
  if (state.q !== '') raw.q = state.q
  if (state.event !== null) raw.e = state.event
  if (state.columns !== null) {
    raw.cols = state.columns.map((name) => name.replaceAll(',', '\\,')).join(',')
  }
  if (state.zone !== null) raw.tz = state.zone
  if (state.live) raw.live = '1'
  if (state.order === 'asc') raw.order = 'asc'
  return raw
}

function writeRefinement({ paused, ...criterion }: Refinement): string {
  return `${paused === true ? PAUSED : ''}${writeCriterion(criterion as Criterion)}`
}

function setMany(raw: RawSearch, name: string, values: string[]): void {
  const [first, ...more] = values
  if (first !== undefined) raw[name] = more.length === 0 ? first : values
}
