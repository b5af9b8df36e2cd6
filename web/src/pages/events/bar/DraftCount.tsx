import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { countQuery } from '@/api/events'
import type { Search } from '@/filter/search'
import { useProblemText } from '@/parts/Problem'

/** How many events a search that was not run yet would find, exactly; a count only, the list waits for Apply. */
export function DraftCount({
  account,
  search,
  className,
}: {
  account: string
  search: Search
  className?: string | undefined
}) {
  const t = useTranslations('filter')
  const problemText = useProblemText()
  // The body is new at each rendering, so that only its text can be compared.
  const [text] = useDebouncedValue(JSON.stringify(search), 250)
  const query = useQuery({
    ...countQuery(account, JSON.parse(text) as Search),
    placeholderData: keepPreviousData,
  })
  const isOld = query.isPlaceholderData || text !== JSON.stringify(search)
  const words = query.isError
    ? problemText(query.error)
    : query.data === undefined || isOld
      ? t('window.counting')
      : t('window.count', { count: query.data })
  return (
    <p role="status" className={className}>
      {words}
    </p>
  )
}
