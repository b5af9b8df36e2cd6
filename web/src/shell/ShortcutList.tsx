import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '@/parts/Dialog'
import styles from './ShortcutList.module.css'
import { useAccount } from './session'
import { useShortcutList } from './shortcuts'

const ALWAYS = [
  { keys: 'Ctrl K', label: 'palette' },
  { keys: 'Esc', label: 'escape' },
] as const

/** Every key that works on the screen behind. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const t = useTranslations('keys_map')
  const { id } = useAccount()
  // Read once: the screen behind does not change while this dialog is open.
  const list = useShortcutList()
  const [bound] = useState(list)
  const lines = [...bound, ...ALWAYS.map(({ keys, label }) => ({ keys, label: t(label) }))]
  return (
    <Dialog opened onClose={onClose} title={t('title')} width={480}>
      <dl className={styles.list}>
        {lines.map(({ keys, label }) => (
          <div key={keys} className={styles.line}>
            <dt>{label}</dt>
            <dd>
              {keys.split(' ').map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.hint}>
        {t.rich('hint', {
          preferences: (text) => (
            <Link to="/a/$account/preferences" params={{ account: id }} onClick={onClose}>
              {text}
            </Link>
          ),
        })}
      </p>
    </Dialog>
  )
}
