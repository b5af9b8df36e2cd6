import { IconSearch } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Catalog, CatalogRow } from '@/api/catalogue'
import { SelectField } from '@/parts/SelectField'
import { TextField } from '@/parts/TextField'
import styles from './Catalogue.module.css'
import type { CatalogFilter } from './filter'

const STATES = ['declared', 'silent', 'undeclared', 'deprecated'] as const

interface CatalogueBarProps {
  filter: CatalogFilter
  onChange: (filter: CatalogFilter) => void
  rows: readonly CatalogRow[]
  packs: Catalog['packs']
}

/** Search and three choices; all of them stand in the URL. */
export function CatalogueBar({ filter, onChange, rows, packs }: CatalogueBarProps) {
  const t = useTranslations('catalogue')
  const categories = [...new Set(rows.map(({ category }) => category))]
  const count = (state: string) => rows.filter((row) => row.state === state).length
  return (
    <search className={styles.bar}>
      <TextField
        className={styles.search}
        label={t('search')}
        type="search"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.q}
        onChange={(event) => onChange({ ...filter, q: event.currentTarget.value })}
      />
      <SelectField
        label={t('pack')}
        value={filter.pack}
        onChange={(event) => onChange({ ...filter, pack: event.currentTarget.value })}
        data={[
          { value: '', label: t('all_packs') },
          ...packs.filter(({ on }) => on).map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      <SelectField
        label={t('category')}
        value={filter.category}
        onChange={(event) => onChange({ ...filter, category: event.currentTarget.value })}
        data={[
          { value: '', label: t('all_categories') },
          ...categories.map((category) => ({ value: category, label: category })),
        ]}
      />
      <SelectField
        label={t('state')}
        value={filter.state}
        onChange={(event) =>
          onChange({ ...filter, state: event.currentTarget.value as CatalogFilter['state'] })
        }
        data={[
          { value: '', label: t('all_states') },
          ...STATES.map((state) => ({
            value: state,
            label: t('state_count', { state: t(`states.${state}`), count: count(state) }),
          })),
        ]}
      />
    </search>
  )
}
