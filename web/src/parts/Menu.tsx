import { Menu as MantineMenu } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import styles from './Menu.module.css'

/** One line of a menu. */
export interface MenuEntry {
  readonly key: string
  readonly label: string
  readonly detail?: string
  readonly icon?: ReactNode
  readonly onSelect: () => void
  readonly disabled?: boolean
  /** True or false for an entry that is one of several choices. */
  readonly checked?: boolean
  readonly danger?: boolean
}

/** Entries under one heading. */
export interface MenuSection {
  readonly heading?: string
  readonly entries: readonly MenuEntry[]
}

interface MenuProps {
  /** The button that opens it. */
  children: ReactElement
  label: string
  sections: readonly MenuSection[]
  width?: number
  position?: 'bottom-start' | 'bottom-end' | 'top-start' | 'right-start'
}

/** A menu button: arrows move, Enter selects, Esc closes and focus returns. */
export function Menu({
  children,
  label,
  sections,
  width = 240,
  position = 'bottom-start',
}: MenuProps) {
  return (
    <MantineMenu
      width={width}
      position={position}
      withInitialFocusPlaceholder={false}
      // Inside the landmark of its button, and over everything all the same.
      withinPortal={false}
      floatingStrategy="fixed"
      radius={8}
      transitionProps={{ duration: 120 }}
      classNames={{
        dropdown: styles.dropdown ?? '',
        item: styles.item ?? '',
        label: styles.heading ?? '',
      }}
    >
      <MantineMenu.Target>{children}</MantineMenu.Target>
      <MantineMenu.Dropdown aria-label={label}>
        {sections.map((section, at) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed inside a menu.
          <div
            key={section.heading ?? `section-${at}`}
            className={styles.section}
            role="group"
            aria-label={section.heading ?? label}
          >
            {section.heading !== undefined && (
              <MantineMenu.Label>{section.heading}</MantineMenu.Label>
            )}
            {section.entries.map((entry) => (
              <Entry key={entry.key} entry={entry} />
            ))}
          </div>
        ))}
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}

/** A line that does something, or one of several choices. */
function Entry({ entry }: { entry: MenuEntry }) {
  const { key, label, detail, icon, onSelect, disabled = false, checked, danger } = entry
  const content = (
    <>
      <span className={styles.label}>{label}</span>
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
    </>
  )
  if (checked === undefined) {
    return (
      <MantineMenu.Item
        leftSection={icon}
        disabled={disabled}
        onClick={onSelect}
        className={danger ? styles.danger : undefined}
      >
        {content}
      </MantineMenu.Item>
    )
  }
  return (
    <MantineMenu.RadioItem
      value={key}
      checked={checked}
      onChange={onSelect}
      disabled={disabled}
      closeMenuOnClick
      rightSection={checked ? <span aria-hidden>✓</span> : undefined}
      classNames={{ itemIndicator: styles.indicator ?? '' }}
    >
      {content}
    </MantineMenu.RadioItem>
  )
}
