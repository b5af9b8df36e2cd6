import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MemberResource } from '@/api/members'
import { resourcePagesQuery, resourceTypesQuery } from '@/api/resources'
import { Button } from '@/parts/Button'
import { ChoiceField } from '@/parts/ChoiceField'
import { TextField } from '@/parts/TextField'
import { useAccount, useMay } from '@/shell/session'
import { ChosenResources } from './ChosenResources'
import styles from './Members.module.css'

interface ResourcesFieldProps {
  /** null: everything. */
  value: readonly MemberResource[] | null
  onChange: (value: readonly MemberResource[] | null) => void
  disabled?: boolean
  error?: string | undefined
}

/** What of the log somebody sees: everything that the role includes, or only what is about some resources. */
export function ResourcesField({ value, onChange, disabled = false, error }: ResourcesFieldProps) {
  const t = useTranslations('members')
  const add = (resource: MemberResource) => {
    const others = (value ?? []).filter(
      ({ type, id }) => type !== resource.type || id !== resource.id,
    )
    onChange([...others, resource])
  }
  return (
    <div className={styles.stack}>
      <ChoiceField
        label={t('sees_label')}
        value={value === null ? 'all' : 'some'}
        disabled={disabled}
        onChange={(way) => onChange(way === 'all' ? null : [])}
        choices={[
          { value: 'all', label: t('sees_all_choice') },
          { value: 'some', label: t('sees_some_choice') },
        ]}
      />
      {value !== null && !disabled && (
        <>
          <ChosenResources
            resources={value}
            onRemove={(gone) => onChange(value.filter((one) => one !== gone))}
          />
          <AddResource onAdd={add} error={error} />
        </>
      )}
    </div>
  )
}

interface AddResourceProps {
  onAdd: (resource: MemberResource) => void
  error: string | undefined
}

/** A type and an id; what the account has seen is offered, anything else can be typed. */
function AddResource({ onAdd, error }: AddResourceProps) {
  const t = useTranslations('members')
  const id = useId()
  const account = useAccount()
  const mayRead = useMay('audit:read')
  const [typed, setTyped] = useState<MemberResource>({ type: '', id: '' })
  const { data: known } = useQuery({ ...resourceTypesQuery(account.id), enabled: mayRead })
  const hasType = known?.types.some(({ type }) => type === typed.type) ?? false
  const { data: pages } = useInfiniteQuery({
    ...resourcePagesQuery(account.id, typed.type, typed.id),
    enabled: hasType,
  })
  const resource = { type: typed.type.trim(), id: typed.id.trim() }
  const isWhole = resource.type !== '' && resource.id !== ''
  const add = () => {
    if (!isWhole) return
    onAdd(resource)
    setTyped({ ...typed, id: '' })
  }
  return (
    <fieldset
      className={styles.add}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        // Enter adds; it must not send the form that this is a part of.
        event.preventDefault()
        add()
      }}
    >
      <legend className="visually-hidden">{t('add_resource')}</legend>
      <TextField
        label={t('resource_type')}
        list={`${id}-types`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed.type}
        error={error}
        onChange={(event) => setTyped({ ...typed, type: event.currentTarget.value })}
      />
      <TextField
        label={t('resource_id')}
        list={`${id}-ids`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed.id}
        onChange={(event) => setTyped({ ...typed, id: event.currentTarget.value })}
      />
      <Button disabled={!isWhole} onClick={add}>
        {t('add')}
      </Button>
      <datalist id={`${id}-types`}>
        {known?.types.map(({ type, plural }) => (
          <option key={type} value={type} label={plural} />
        ))}
      </datalist>
      <datalist id={`${id}-ids`}>
        {hasType &&
          pages?.pages[0]?.resources.map(({ id: one, name }) => (
            <option key={one} value={one} label={name ?? one} />
          ))}
      </datalist>
    </fieldset>
  )
}
