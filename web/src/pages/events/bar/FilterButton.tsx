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
        aria-label={count > 0 ? t('button_applied', { count }) : t('button')}
        leftSection={<IconFilter size={16} aria-hidden />}
        rightSection={count > 0 ? <span className={styles.badge}>{count}</span> : undefined}
        onClick={onOpen}
      >
        {t('button')}
      </Button>
      <span role="status" className="visually-hidden">
        {t('applied', { count })}
      </span>
    </>
  )
}
