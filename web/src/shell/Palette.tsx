import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { valuesOfUser } from '@/api/values'
import { Dialog } from '@/parts/Dialog'
import { TextField } from '@/parts/TextField'
import { type Command, useCommands } from './commands'
import styles from './Palette.module.css'
import { useAccount } from './session'

/** The command palette: places, people, resources and a search for whatever was typed. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations('palette')
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useId()
  const found = useFound(text)
  const chosen = Math.min(at, found.length - 1)
  const run = (command: Command | undefined) => {
    if (command === undefined) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt((chosen + step + found.length) % Math.max(found.length, 1))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(found[chosen])
    }
  }
  return (
    <Dialog opened onClose={onClose} title={t('title')} width={560}>
      <TextField
        data-autofocus
        role="combobox"
        aria-label={t('label')}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[chosen] && `${list}-${chosen}`}
        aria-autocomplete="list"
        placeholder={t('placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label={t('results')} className={styles.list}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keys of this list.
          <div
            key={command.key}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={styles.option}
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            <span className={styles.kind}>{command.kind}</span>
          </div>
        ))}
      </div>
    </Dialog>
  )
}

/** The places whose names hold every word, then people, then the search for the text itself. */
function useFound(text: string): readonly Command[] {
  const t = useTranslations('palette')
  const navigate = useNavigate()
  const { id: account } = useAccount()
  const places = useCommands()
  const typed = text.trim()
  const { data: people } = useQuery({ ...valuesOfUser(account, typed), enabled: typed.length > 1 })
  const words = typed.toLowerCase().split(/\s+/)
  const matching = places.filter(({ label }) =>
    words.every((word) => label.toLowerCase().includes(word)),
  )
  if (typed === '') return matching
  const persons = (people?.values ?? []).slice(0, 5).map(({ value, label }) => ({
    key: `person ${value}`,
    label: label ?? String(value),
    kind: t('person'),
    run: () =>
      void navigate({
        to: '/a/$account/activity/$actor',
        params: { account, actor: String(value) },
      }),
  }))
  const search: Command = {
    key: 'search',
    label: t('search', { text: typed }),
    kind: t('search_kind'),
    run: () =>
      void navigate({ to: '/a/$account/events', params: { account }, search: { q: typed } }),
  }
  return [...matching, ...persons, search]
}
