import texts from './en.json'

/** The texts of the dashboard: one file, ICU message syntax. */
export const messages = { locale: 'en' as const, texts }

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en'
    Messages: typeof texts
  }
}
