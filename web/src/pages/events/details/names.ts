import { useTranslations } from 'use-intl'
import { labelOfKey } from '@/changes/field'
import { useValueNames } from '../value_names'

const VERBS = ['create', 'update', 'delete', 'read', 'other'] as const
const ACTORS = ['user', 'service', 'api_key', 'agent', 'system', 'anonymous'] as const

/** Whatever the contract has names for, in words. */
export interface Names {
  /** The type of action: *Create*. */
  readonly verb: (verb: string) => string
  /** What was done: *Created*. */
  readonly done: (verb: string) => string
  readonly result: (result: string) => string
  readonly actorType: (type: string) => string
}

/** The words of the message file; what it does not know is shown as a label. */
export function useNames(): Names {
  const t = useTranslations('details')
  const nameOf = useValueNames()
  return {
    verb: (verb) => word(VERBS, verb, (known) => t(`verb.${known}`)),
    done: (verb) => word(VERBS, verb, (known) => t(`done.${known}`)),
    result: (result) => nameOf('result', result) ?? labelOfKey(result),
    actorType: (type) => word(ACTORS, type, (known) => t(`actor.${known}`)),
  }
}

function word<Known extends string>(
  all: readonly Known[],
  name: string,
  say: (known: Known) => string,
): string {
  const known = all.find((one) => one === name)
  return known === undefined ? labelOfKey(name) : say(known)
}
