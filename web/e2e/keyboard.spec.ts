import type { Locator, Page } from '@playwright/test'
import { allSeeded, isUser, same } from './events'
import { Log, seededRange } from './log'
import { LILY, NINA, OMAR } from './seed/people'
import { expect, test } from './test'

const MOST_STOPS = 30

/** Goes from stop to stop until something has the focus. */
async function tabTo(page: Page, wanted: Locator, key = 'Tab'): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await wanted.evaluate((one) => one === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(wanted, `${key} leads to it`).toBeFocused()
}

test.beforeEach(async ({ page }) => {
  // A journey by keyboard only: whatever the pointer does would be a cheat.
  await page.addInitScript(() => {
    addEventListener('pointerdown', () => console.error('the pointer was used'), true)
  })
})

test('36, keyboard only: who changed the role of a colleague last week?', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  await page.keyboard.press('/')
  // Slowly, so that the list is asked with the quote still open.
  await page.keyboard.type('"changed the role" nina', { delay: 90 })
  await log.expectCount(1)
  await page.keyboard.press('Escape')
  await expect(log.search).toHaveValue('"changed the role" nina')
  await page.keyboard.press('j')
  await expect(log.rows.first().getByRole('link')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(log.panel).toBeVisible()
  await expect(
    log.panel.getByText(`Changed the role of ${NINA.name} to Admin`).first(),
  ).toBeVisible()
  await expect(log.panel.getByRole('region', { name: 'Who' })).toContainText(OMAR.name)
  const row = log.panel.getByRole('table', { name: 'Changes' }).getByRole('row').nth(1)
  await expect(row).toContainText('Member')
  await expect(row).toContainText('Admin')
  await page.keyboard.press('Escape')
  await expect(log.panel).toBeHidden()
  await expect(log.rows.first().getByRole('link')).toBeFocused()
})

test('16, keyboard only: two filters with AND, then with OR', async ({ page, server }) => {
  const all = await allSeeded(server)
  const isData = (one: (typeof all)[number]) => same(one.category, 'Data')
  const isLily = (one: (typeof all)[number]) => isUser(one, LILY.name)
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  const keys = async (...names: string[]) => {
    for (const name of names) await page.keyboard.press(name)
  }
  await keys('f')
  const dialog = page.getByRole('dialog', { name: 'Filter By' })
  await expect(dialog).toBeVisible()
  await tabTo(page, dialog.getByRole('button', { name: '+Add Filter' }))
  await keys('Enter')
  await expect(dialog.getByRole('combobox', { name: 'Select Column' })).toBeFocused()
  await page.keyboard.type('Cat')
  await keys('Tab')
  await page.keyboard.type('Is Eq')
  await keys('Tab')
  await expect(dialog.getByLabel('Enter Value')).toBeFocused()
  await page.keyboard.type('Data')
  const offered = page.getByRole('listbox', { name: 'Existing values' }).getByRole('option')
  await expect(offered).toHaveCount(2)
  const wanted = (await offered.allTextContents()).findIndex((text) => /^Data[\d,]+$/.test(text))
  for (let at = 0; at <= wanted; at += 1) await keys('ArrowDown')
  await keys('Enter')
  await expect(dialog.getByLabel('Enter Value')).toHaveValue('Data')
  await tabTo(page, dialog.getByRole('button', { name: '+Add Filter' }))
  await keys('Enter')
  const second = dialog.getByRole('group', { name: 'Filter 2' })
  await expect(second.getByRole('combobox', { name: 'Select Column' })).toBeFocused()
  await page.keyboard.type('User')
  await keys('Tab')
  await page.keyboard.type('Is Eq')
  await keys('Tab')
  await page.keyboard.type(LILY.name)
  await keys('Escape', 'Enter')
  await expect(dialog).toBeHidden()
  await log.expectCount(all.filter((one) => isData(one) && isLily(one)).length)

  await keys('f')
  await expect(second.getByRole('combobox', { name: 'Select Column' })).toBeFocused()
  await tabTo(page, dialog.getByRole('tab', { name: 'AND' }), 'Shift+Tab')
  await keys('ArrowRight')
  await expect(dialog.getByRole('tab', { name: 'OR' })).toHaveAttribute('aria-selected', 'true')
  await tabTo(page, dialog.getByRole('button', { name: 'Apply' }))
  await keys('Enter')
  await expect(dialog).toBeHidden()
  await log.expectCount(all.filter((one) => isData(one) || isLily(one)).length)
})

test('23, keyboard only: a range of days from the calendar', async ({ page }) => {
  await page.clock.setFixedTime(new Date('2025-11-21T10:30:00Z'))
  const log = new Log(page)
  await log.open()
  await page.keyboard.press('t')
  const dialog = page.getByRole('dialog', { name: 'Time range' })
  await expect(dialog.getByRole('button', { name: 'Friday, 21 November 2025' })).toBeFocused()
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowLeft']) await page.keyboard.press(key)
  await expect(dialog.getByRole('button', { name: 'Thursday, 6 November 2025' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('PageUp')
  await expect(dialog.getByRole('grid', { name: 'Calendar, October 2025' })).toBeVisible()
  await page.keyboard.press('PageDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toContainText('6 Nov 2025 – 13 Nov 2025')
  await tabTo(page, dialog.getByRole('button', { name: 'Apply' }))
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(log.timeButton).toContainText('6 Nov 2025 – 13 Nov 2025')
})
