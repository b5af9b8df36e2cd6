import { useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type Preferences, preferencesQuery, savePreferences } from '@/api/display'
import { useOwnPreferences } from './display'
import { useAccount } from './session'

/** Light, dark, or as the system has it. */
export type Theme = Preferences['theme']

const schemeOf = (theme: Theme) => (theme === 'system' ? 'auto' : theme)

/** The theme of this browser, and how to change it; it goes with the person to his other browsers. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const { id: account } = useAccount()
  const queries = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const change = (theme: Theme) => {
    setColorScheme(schemeOf(theme))
    const options = preferencesQuery(account)
    const own = queries.getQueryData(options.queryKey)
    // A theme that could not be saved is still the theme of this browser.
    if (own !== undefined) {
      const next = { ...own, theme }
      queries.setQueryData(options.queryKey, next)
      void savePreferences(account, next).catch(() => queries.invalidateQueries(options))
    }
  }
  return [colorScheme === 'auto' ? 'system' : colorScheme, change]
}

/** Shows the person's theme once his preferences are there; until then this browser's own. */
export function useSavedTheme(): void {
  const { setColorScheme } = useMantineColorScheme()
  const { data } = useOwnPreferences()
  const applied = useRef(false)
  const theme = data?.theme
  useEffect(() => {
    if (theme === undefined || applied.current) return
    applied.current = true
    setColorScheme(schemeOf(theme))
  }, [theme, setColorScheme])
}
