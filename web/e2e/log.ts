import { expect, type Locator, type Page } from '@playwright/test'
import type { Server } from './server'

/** The range of a URL in which everything that was seeded lies, and nothing that tests cause. */
export function seededRange(server: Server): string {
  return `2020-01-01T00:00..${new Date(server.startedAt).toISOString().slice(0, 16)}`
}

/** A text as it stands in a regular expression. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** A log on the screen: the account's, a resource's, a person's. */
export class Log {
  constructor(readonly page: Page) {}

  /** Opens the log of an account; a value of the search may be a list. */
  async open(search: Record<string, string | string[]> = {}, account = 'acme'): Promise<void> {
    const pairs = Object.entries(search).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one] as [string, string]),
    )
    await this.page.goto(`/ui/a/${account}/events?${new URLSearchParams(pairs)}`)
    const none = this.page.getByText('No events match', { exact: true })
    await expect(this.list.or(none)).toBeVisible()
    if (await none.isHidden()) await expect(this.list).toHaveAttribute('aria-busy', 'false')
  }

  /** The part of the page that scrolls, with the table in it. */
  get list(): Locator {
    return this.page.getByRole('region', { name: 'Events', exact: true })
  }

  /** The rows of events; the head is not one of them. */
  get rows(): Locator {
    return this.list.getByRole('row').filter({ has: this.page.getByRole('cell') })
  }

  /** The rows that hold a text. */
  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text })
  }

  /** The cells of one column. */
  async cells(column: string): Promise<string[]> {
    const names = await this.list.getByRole('columnheader').allInnerTexts()
    const at = names.indexOf(column)
    expect(at, `a column ${column} among ${names.join(', ')}`).toBeGreaterThanOrEqual(0)
    const rows = await this.rows.all()
    return Promise.all(
      rows.map(async (row) => (await row.getByRole('cell').nth(at).textContent()) ?? ''),
    )
  }

  /** The line that says how many events there are. */
  get head(): Locator {
    return this.page.getByRole('status').filter({ hasText: /^[\d,]+ events? ·/ })
  }

  /** The exact number of events, as the line over the list says it. */
  async count(): Promise<number> {
    return Number((await this.head.textContent())?.split(' ')[0]?.replaceAll(',', ''))
  }

  /** Waits until the list has so many events; none means that it says so. */
  async expectCount(count: number): Promise<void> {
    if (count === 0) {
      await expect(this.page.getByText('No events match', { exact: true })).toBeVisible()
      return
    }
    const words = `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`
    await expect(this.head).toHaveText(new RegExp(`^${words}\\b`))
    await expect(this.list).toHaveAttribute('aria-busy', 'false')
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search events' })
  }

  /** The button that opens Filter By; its name says how many filters are applied. */
  get filterButton(): Locator {
    return this.page.getByRole('button', { name: /^Filter(, \d+ applied)?$/ })
  }

  get timeButton(): Locator {
    return this.page.getByRole('button', { name: /^Time range:/ })
  }

  /** The details of an event, beside the list. */
  get panel(): Locator {
    const close = this.page.getByRole('button', { name: 'Close details' })
    return this.page.getByRole('region').or(this.page.getByRole('dialog')).filter({ has: close })
  }

  /** The chips of what is applied. */
  get chips(): Locator {
    return this.page.getByRole('list', { name: 'Applied filters' }).getByRole('listitem')
  }

  /** One value in the counts beside the list. */
  facet(title: string, value: string): Locator {
    const name = new RegExp(`^${escaped(value)} ?[\\d,]+$`)
    return this.page.getByRole('region', { name: title, exact: true }).getByRole('button', { name })
  }

  /** Opens Filter By. */
  async openFilter(rows: 0 | 1 = 1): Promise<FilterWindow> {
    await this.filterButton.click()
    const dialog = this.page.getByRole('dialog', { name: 'Filter By' })
    await expect(dialog).toBeVisible()
    const window = new FilterWindow(this.page, dialog)
    // A window without filters has no row before the first click on +Add Filter.
    if (rows === 1 && (await window.rows.count()) === 0) await window.add()
    return window
  }

  /** Opens the time picker. */
  async openTime(): Promise<TimePicker> {
    await this.timeButton.click()
    const dialog = this.page.getByRole('dialog', { name: 'Time range' })
    await expect(dialog.getByRole('grid')).toBeVisible()
    return new TimePicker(this.page, dialog)
  }
}

/** *Filter By*, open. */
export class FilterWindow {
  constructor(
    private readonly page: Page,
    readonly dialog: Locator,
  ) {}

  get rows(): Locator {
    return this.dialog.getByRole('group', { name: /^Filter \d+$/ })
  }

  /** The parts of a row, counted from 1. */
  row(number: number) {
    const row = this.dialog.getByRole('group', { name: `Filter ${number}`, exact: true })
    return {
      column: row.getByRole('combobox', { name: 'Select Column' }),
      operator: row.getByRole('combobox', { name: 'Select Operator' }),
      value: row.getByLabel('Enter Value'),
      remove: row.getByRole('button', { name: new RegExp(`^Remove filter ${number}:`) }),
    }
  }

  /** Fills a row, with a value that the list of existing values offers; adds the row when it is the next one. */
  async fill(number: number, column: string, operator: string, value: string): Promise<void> {
    if ((await this.rows.count()) < number) await this.add()
    const row = this.row(number)
    await row.column.selectOption({ label: column })
    await row.operator.selectOption({ label: operator })
    await row.value.fill(value)
    await this.option(value).first().click()
  }

  /** An existing value in the open list: its name, perhaps an e-mail address, and its count. */
  option(value: string): Locator {
    const hasText = new RegExp(`^${escaped(value)}(\\S+@\\S+?)?[\\d,]+$`)
    return this.page
      .getByRole('listbox', { name: 'Existing values' })
      .getByRole('option')
      .filter({ hasText })
  }

  button(name: string): Locator {
    return this.dialog.getByRole('button', { name, exact: true })
  }

  async add(): Promise<void> {
    await this.button('+Add Filter').click()
  }

  async apply(): Promise<void> {
    await this.button('Apply').click()
    await expect(this.dialog).toBeHidden()
  }
}

/** The time picker, open. */
export class TimePicker {
  constructor(
    private readonly page: Page,
    readonly dialog: Locator,
  ) {}

  preset(name: string): Locator {
    return this.dialog.getByRole('radio', { name, exact: true })
  }

  /** A day of the shown month, by its whole name: `Saturday, 21 November 2026`. */
  day(name: string | RegExp): Locator {
    return this.dialog.getByRole('grid').getByRole('button', { name })
  }

  /** The days that are marked as chosen. */
  get selected(): Locator {
    return this.dialog.getByRole('gridcell', { selected: true })
  }

  /** The range that Apply would take, in words and exactly. */
  get footer(): Locator {
    return this.dialog.getByRole('status')
  }

  field(name: string): Locator {
    return this.dialog.getByLabel(name, { exact: true })
  }

  button(name: string): Locator {
    return this.dialog.getByRole('button', { name, exact: true })
  }

  async apply(): Promise<void> {
    await this.button('Apply').click()
    await expect(this.dialog).toBeHidden()
    await expect(this.page.getByRole('button', { name: /^Time range:/ })).toBeFocused()
  }
}
