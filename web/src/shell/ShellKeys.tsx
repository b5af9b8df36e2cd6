import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { showOverlay, useOverlay } from './overlays'
import { useAccount } from './session'
import { useShortcut } from './shortcuts'

const ShortcutList = lazy(async () => ({ default: (await import('./ShortcutList')).ShortcutList }))
const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }))

/** The keys that work on every screen, and what they open. */
export function ShellKeys() {
  const t = useTranslations('keys_map')
  const { id } = useAccount()
  const navigate = useNavigate()
  const overlay = useOverlay()
  const params = { account: id }
  useShortcut('?', t('shortcuts'), () => showOverlay('shortcuts'))
  useShortcut('g a', t('go_log'), () => void navigate({ to: '/a/$account/events', params }))
  useShortcut(
    'g r',
    t('go_resources'),
    () => void navigate({ to: '/a/$account/resources', params }),
  )
  useShortcut(
    'g c',
    t('go_catalogue'),
    () => void navigate({ to: '/a/$account/catalogue', params }),
  )
  useHotkeys([['mod+K', () => showOverlay('palette')]], [])
  return (
    <Suspense>
      {overlay === 'shortcuts' && <ShortcutList onClose={() => showOverlay(null)} />}
      {overlay === 'palette' && <Palette onClose={() => showOverlay(null)} />}
    </Suspense>
  )
}
