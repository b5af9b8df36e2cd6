import { IconBookmark } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '@/api/client'
import { type View, viewsQuery } from '@/api/views'
import type { SearchContext } from '@/filter/search'
import type { LogState } from '@/filter/state'
import { Button } from '@/parts/Button'
import { Menu } from '@/parts/Menu'
import { useReadOnly } from '@/shell/session'
import { applyView, viewQuery } from './view_query'

const SaveView = lazy(async () => ({ default: (await import('./SaveView')).SaveView }))

interface ViewsProps {
  account: string
  state: LogState
  context: SearchContext
  onChange: (state: LogState) => void
}

/** The ready-made and the saved views, and saving the list as it is. */
export function Views({ account, state, context, onChange }: ViewsProps) {
  const t = useTranslations('views')
  const queries = useQueryClient()
  const { data } = useQuery(viewsQuery(account))
  const [saving, setSaving] = useState(false)
  const isReadOnly = useReadOnly()
  const views = data?.views ?? []
  const remove = useMutation({
    mutationFn: async (id: string) =>
      api.DELETE('/v1/accounts/{account}/views/{id}', { params: { path: { account, id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: viewsQuery(account).queryKey }),
  })
  const entry = (view: View) => ({
    key: view.id,
    label: view.name,
    detail: view.built_in || view.mine ? undefined : t('shared'),
    onSelect: () => onChange(applyView(state, view.query, view.columns ?? null, context.zone)),
  })
  const saved = views.filter((view) => !view.built_in)
  const current = JSON.stringify(viewQuery(state, context))
  const shown = saved.find((view) => view.mine && JSON.stringify(view.query) === current)
  const actions = [
    { key: 'save', label: t('save'), onSelect: () => setSaving(true) },
    ...(shown === undefined
      ? []
      : [
          {
            key: 'remove',
            label: t('remove', { name: shown.name }),
            danger: true,
            onSelect: () => remove.mutate(shown.id),
          },
        ]),
  ]
  return (
    <>
      <Menu
        label={t('title')}
        position="bottom-end"
        sections={[
          { heading: t('ready_made'), entries: views.filter((view) => view.built_in).map(entry) },
          ...(saved.length > 0 ? [{ heading: t('saved'), entries: saved.map(entry) }] : []),
          ...(isReadOnly ? [] : [{ entries: actions }]),
        ]}
      >
        <Button leftSection={<IconBookmark size={16} aria-hidden />}>{t('title')}</Button>
      </Menu>
      <Suspense>
        {saving && (
          <SaveView
            account={account}
            query={viewQuery(state, context)}
            columns={state.columns}
            onClose={() => setSaving(false)}
          />
        )}
      </Suspense>
    </>
  )
}
