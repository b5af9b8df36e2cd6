import { useQuery } from '@tanstack/react-query'
import { type ColumnSet, preferencesQuery, settingsQuery } from '@/api/display'
import { browserZone } from '@/time/zone'
import { useAccount, useMay, useReadOnly, useSignedIn } from './session'

/** How a person wants to see an account: his own choices over those of the account. */
export interface Display {
  readonly zone: string
  readonly accountZone: string | null
  readonly weekStart: 'mon' | 'sun' | 'sat'
  readonly columnSet: ColumnSet
  /** Chosen columns; null: those of the set. */
  readonly columns: readonly string[] | null
  readonly compact: boolean
  readonly singleKeys: boolean
}

/** The first day of the week where the browser's language is spoken. */
function localWeekStart(): Display['weekStart'] {
  const locale = new Intl.Locale(navigator.language) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number }
    weekInfo?: { firstDay: number }
  }
  const first = (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay
  return first === 7 ? 'sun' : first === 6 ? 'sat' : 'mon'
}

/** The person's own choices; only people who see the log have any, and asking in vain would be on record. */
export function useOwnPreferences() {
  const { id } = useAccount()
  const mayRead = useMay('audit:read')
  const isReadOnly = useReadOnly()
  return useQuery({ ...preferencesQuery(id), enabled: mayRead && !isReadOnly })
}

/** The effective display; until the answers are there, the browser's own choices. */
export function useDisplay(): Display {
  const account = useAccount()
  const isMember = account.permissions.length > 0
  const { data: own } = useOwnPreferences()
  const { data: set } = useQuery({ ...settingsQuery(account.id), enabled: isMember })
  const { display } = useSignedIn()
  return {
    zone: own?.time_zone ?? display?.time_zone ?? browserZone(),
    accountZone: set?.time_zone ?? null,
    weekStart: own?.week_start ?? set?.week_start ?? localWeekStart(),
    columnSet: own?.column_set ?? set?.column_set ?? 'account',
    columns: own?.columns ?? display?.columns ?? null,
    compact: own?.density === 'compact',
    singleKeys: own?.single_keys ?? true,
  }
}
