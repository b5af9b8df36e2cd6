import { IconSearch } from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import styles from './SearchInput.module.css'

interface SearchInputProps extends Omit<ComponentPropsWithRef<'input'>, 'style' | 'type'> {
  /** The accessible name; a search field shows no label beside its sign. */
  'aria-label': string
  value: string
  /** The key that leads here, shown while the field is empty. */
  hotkey?: string
}

/** A field to search with: the browser's own, because it stands on the first screen. */
export function SearchInput({ hotkey, className, ...rest }: SearchInputProps) {
  return (
    <span className={styles.frame}>
      <IconSearch size={16} aria-hidden className={styles.sign} />
      <input type="search" className={styles.input} {...rest} />
      {hotkey !== undefined && rest.value === '' && (
        <kbd className={styles.key} aria-hidden>
          {hotkey}
        </kbd>
      )}
    </span>
  )
}
