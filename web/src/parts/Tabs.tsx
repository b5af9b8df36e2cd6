import { Tabs as MantineTabs } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './Tabs.module.css'

/** One tab and what it shows. */
export interface Tab {
  readonly key: string
  readonly label: string
  readonly content: ReactNode
}

interface TabsProps {
  label: string
  tabs: readonly Tab[]
  shown: string
  onShow: (key: string) => void
}

/** Tabs: arrows move between them, and only the one that is shown is in the page. */
export function Tabs({ label, tabs, shown, onShow }: TabsProps) {
  return (
    <MantineTabs
      value={shown}
      onChange={(key) => key !== null && onShow(key)}
      keepMounted={false}
      classNames={{
        root: styles.root ?? '',
        list: styles.list ?? '',
        tab: styles.tab ?? '',
        panel: styles.panel ?? '',
      }}
    >
      <MantineTabs.List aria-label={label}>
        {tabs.map(({ key, label }) => (
          <MantineTabs.Tab key={key} value={key}>
            {label}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {tabs.map(({ key, content }) => (
        <MantineTabs.Panel key={key} value={key}>
          {content}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  )
}
