import { IconFilter } from '@tabler/icons-react'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { appliedCount } from '@/filter/edit'
import type { LogState } from '@/filter/state'
import { Button } from '@/parts/Button'
import styles from './FilterButton.module.css'

interface FilterButtonProps {
  state: LogState
  opened: boolean
  onOpen: () => void
  ref?: Ref<HTMLButtonElement>
}

/** Opens the Filter By window, and says how many filters are applied. */
export function FilterButton({ state, opened, onOpen, ref }: FilterButtonProps) {
  const t = useTranslations('filter')
  const count = appliedCount(state)
  return (
    <>
      <Button
        ref={ref ?? null}
        aria-haspopup="dialog"
        aria-expanded={opened}
        leftSection={<IconFilter size={16} aria-hidden />}
        rightSection={
          count > 0 ? (
            <span aria-hidden className={styles.badge}>
              {count}
            </span>
          ) : undefined
        }
        onClick={onOpen}
      >
        <span aria-hidden={count > 0 || undefined}>{t('button')}</span>
        {count > 0 && <span className="visually-hidden">{t('button_applied', { count })}</span>}
      </Button>
      <span role="status" className="visually-hidden">
        {t('applied', { count })}
      </span>
    </>
  )
}
