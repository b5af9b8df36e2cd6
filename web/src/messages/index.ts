import texts from './en.json'
import type people from './people.en.json'

/** The texts that the first screen loads, ICU message syntax; `PeopleTexts` adds those of the screens about people. */
export const messages = { locale: 'en' as const, texts }

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en'
    Messages: typeof texts & typeof people
  }
}
