import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { CheckField } from '@/parts/CheckField'
import { IconButton } from '@/parts/IconButton'
import { SelectField } from '@/parts/SelectField'
import { TextField } from '@/parts/TextField'
import styles from './Catalogue.module.css'
import { type Draft, type DraftField, FIELD_TYPES, withField } from './draft'

interface FieldRowsProps {
  draft: Draft
  onChange: (draft: Draft) => void
  error: string | undefined
}

/** The fields of a declaration: what an entry of this kind carries. */
export function FieldRows({ draft, onChange, error }: FieldRowsProps) {
  const t = useTranslations('catalogue')
  const put = (changed: DraftField) =>
    onChange({
      ...draft,
      fields: draft.fields.map((field) => (field.row === changed.row ? changed : field)),
    })
  const drop = (row: number) =>
    onChange({ ...draft, fields: draft.fields.filter((field) => field.row !== row) })
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{t('fields')}</legend>
      {draft.fields.map((field, at) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset inside a fieldset is read out twice.
        <div
          key={field.row}
          role="group"
          aria-label={t('field_of', { number: at + 1 })}
          className={styles.field_row}
        >
          <TextField
            label={t('label')}
            autoComplete="off"
            value={field.label}
            onChange={(event) => put({ ...field, label: event.currentTarget.value })}
          />
          <SelectField
            label={t('type')}
            value={field.type}
            disabled={field.key !== ''}
            onChange={(event) => put({ ...field, type: event.currentTarget.value })}
            data={FIELD_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
          />
          {field.place === 'metadata' && (
            <CheckField
              label={t('sensitive')}
              checked={field.sensitive}
              onChange={(sensitive) => put({ ...field, sensitive })}
            />
          )}
          <IconButton
            label={t('remove_field', { label: field.label || t('label') })}
            onClick={() => drop(field.row)}
          >
            <IconTrash size={16} aria-hidden />
          </IconButton>
        </div>
      ))}
      {error !== undefined && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
      <Button
        size="sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange(withField(draft))}
      >
        {t('add_field')}
      </Button>
      <p className={styles.quiet}>{t('sensitive_hint')}</p>
    </fieldset>
  )
}
