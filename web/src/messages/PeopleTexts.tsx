import { Outlet } from '@tanstack/react-router'
import { useMemo } from 'react'
import { IntlProvider, useLocale, useMessages } from 'use-intl'
import people from './people.en.json'

/** Around the screens about people: their texts come with them, so that the first screen does not wait for them. */
export function PeopleTexts() {
  const locale = useLocale()
  const shared = useMessages()
  const all = useMemo(() => ({ ...shared, ...people }), [shared])
  return (
    <IntlProvider locale={locale} messages={all}>
      <Outlet />
    </IntlProvider>
  )
}
