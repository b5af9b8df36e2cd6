import type { Page } from '@playwright/test'
import { Log, seededRange } from './log'
import { MODEL_DEPLOYED } from './seed/gale'
import { LILY, NINA, OMAR } from './seed/people'
import type { Server } from './server'
import { expect, test } from './test'

/** Opens the details of the one seeded event of an action. */
async function openOne(page: Page, server: Server, action: string, more = ''): Promise<Log> {
  const log = new Log(page)
  const f = [`action:eq:${action}`, ...(more === '' ? [] : [more])]
  await log.open({ t: seededRange(server), f })
  await log.expectCount(1)
  await log.rows.first().click()
  await expect(log.panel).toBeVisible()
  return log
}

test('4: Model deployed shows all 16 fields with their labels', async ({ page, server }) => {
  const { panel } = await openOne(page, server, 'model.deploy')
  for (const [label, value] of MODEL_DEPLOYED) {
    const term = panel.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) })
    const fact = term.first().locator('..').getByRole('definition')
    await expect(fact, label).toContainText(value)
  }
})

test('49, 50: the four blocks say who, what, where and when', async ({ page, server }) => {
  const { panel } = await openOne(page, server, 'inbox.update')
  const block = (name: string) => panel.getByRole('region', { name, exact: true })
  await expect(panel.getByText('Updated an inbox (#24725)').first()).toBeVisible()
  await expect(block('Who')).toContainText('john@example.com')
  await expect(block('What')).toContainText('Type of action')
  await expect(block('What')).toContainText('Update')
  await expect(block('What')).toContainText('24725')
  await expect(block('Where')).toContainText('IP Address')
  await expect(block('When')).toContainText(/\d{4} at \d\d:\d\d:\d\d UTC/)
  const changes = panel.getByRole('table', { name: 'Changes' })
  await expect(changes.getByRole('columnheader')).toHaveText(['Field', 'Before', 'After'])
  await expect(changes.getByRole('row', { name: /^Name/ })).toContainText('Orders (old)')
  await expect(changes.getByRole('row', { name: /^Greeting enabled/ })).toContainText(/no|false/i)
  await expect(changes.getByRole('row', { name: /^Greeting enabled/ })).toContainText(/yes|true/i)
})

test('33: models added and removed are + and − items', async ({ page, server }) => {
  const { panel } = await openOne(page, server, 'organization.settings.change')
  const row = panel.getByRole('table', { name: 'Changes' }).getByRole('row', { name: /^Models/ })
  await expect(row.getByRole('listitem').filter({ hasText: 'added' })).toHaveText([
    /\+ .*gpt-5/,
    /\+ .*llama-4/,
  ])
  await expect(row.getByRole('listitem').filter({ hasText: 'removed' })).toHaveText([/− .*gpt-4o/])
})

test('35, 37: changes of every kind: text by words, numbers, lists, hidden, set and unchanged', async ({
  page,
  server,
}) => {
  const { panel } = await openOne(page, server, 'setting.change')
  const table = panel.getByRole('table', { name: 'Changes' })
  const row = (name: RegExp) => table.getByRole('row', { name })
  await expect(
    row(/^Policy/)
      .getByRole('deletion')
      .first(),
  ).toContainText('fourteen')
  await expect(
    row(/^Policy/)
      .getByRole('insertion')
      .first(),
  ).toContainText('seven')
  await expect(row(/^Limit/)).toContainText('100')
  await expect(row(/^Limit/)).toContainText('250')
  await expect(row(/^Countries/)).toContainText(/− .*FR/)
  await expect(row(/^Countries/)).toContainText(/\+ .*ES/)
  await expect(row(/^API secret|^Api secret/i)).toContainText('hidden')
  await expect(row(/^API secret|^Api secret/i)).not.toContainText('redacted')
  await expect(row(/^Contact › Name/)).toContainText('Omar Haddad')
  await expect(row(/^Label/)).toHaveCount(0)
  await expect(panel.getByText('1 unchanged field hidden')).toBeVisible()
})

test('35: additions and deletions show what came and what went', async ({ page, server }) => {
  const created = await openOne(page, server, 'data.create')
  const row = () => created.panel.getByRole('table', { name: 'Changes' }).getByRole('row')
  await expect(row().nth(1)).toContainText('not set')
  await expect(row().nth(1)).toContainText('draft')
  await openOne(page, server, 'data.delete')
  await expect(row().nth(1).getByRole('cell').first()).toContainText('draft')
  await expect(row().nth(1).getByRole('cell').nth(1)).toContainText('not set')
})

test('36: a changed role names the person, the old role and the new one', async ({
  page,
  server,
}) => {
  const { panel } = await openOne(page, server, 'role.change', `target_id:eq:${NINA.id}`)
  await expect(panel.getByText(`Changed the role of ${NINA.name} to Admin`).first()).toBeVisible()
  const row = panel.getByRole('table', { name: 'Changes' }).getByRole('row', { name: /^Role/ })
  await expect(row).toContainText('Member')
  await expect(row).toContainText('Admin')
})

test('46: System is an actor that can be filtered by', async ({ page, server }) => {
  const { panel, filterButton } = await openOne(page, server, 'system.error')
  const who = panel.getByRole('region', { name: 'Who' })
  await who.getByRole('button', { name: 'System' }).first().click()
  await page.getByRole('menuitem', { name: 'Only this' }).click()
  await expect(filterButton).toHaveAccessibleName(/applied/)
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'user:eq:System' })
  expect(new Set(await log.cells('User Name'))).toEqual(new Set(['SSystem']))
})

test('47: a user known only by e-mail is shown by it, and its ID is the e-mail in small letters', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'user:eq:JOHN@EXAMPLE.COM' })
  await log.expectCount(18)
  await expect(log.rows.first()).toContainText('JOHN@Example.com')
  await log.rows.first().click()
  const who = log.panel.getByRole('region', { name: 'Who' })
  await expect(who.getByRole('button', { name: 'john@example.com', exact: true })).toBeVisible()
})

test('50: a value filters, is left out, is copied and leads on', async ({ page, server }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const log = await openOne(page, server, 'model.deploy')
  const value = () =>
    log.panel.getByRole('region', { name: 'Who' }).getByRole('button', { name: LILY.id })
  await value().click()
  await page.getByRole('menuitem', { name: 'Copy' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(LILY.id)
  await value().click()
  await page.getByRole('menuitem', { name: 'Exclude' }).click()
  await log.expectCount(0)
  await page.goBack()
  await log.expectCount(1)
  await value().click()
  await page.getByRole('menuitem', { name: 'Open activity' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: `Activity of ${LILY.name}` }),
  ).toBeVisible()
  const names = new Set(await log.cells('User Name'))
  expect([...names].every((name) => name.endsWith(LILY.name))).toBe(true)
})

test('49: JSON is what the API answers, and Around this event is the same user ten minutes either side', async ({
  page,
  server,
}) => {
  const { panel } = await openOne(page, server, 'model.deploy')
  await panel.getByRole('tab', { name: 'JSON' }).click()
  await expect(panel.getByLabel('The event as JSON')).toContainText('"action": "model.deploy"')
  await panel.getByRole('tab', { name: 'Around this event' }).click()
  await expect(panel.getByRole('status').filter({ hasText: '10 minutes' })).toContainText(
    /\d+ other events?/,
  )
  await expect(panel.getByText('This event', { exact: true })).toBeVisible()
  await panel.getByText('Everything', { exact: true }).click()
  await expect(panel.getByRole('listitem').filter({ hasText: OMAR.name }).first()).toBeVisible()
})

test('5: Previous and Next go through the list without leaving the panel', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'category:eq:Models', r: 'user:eq:usr_1' })
  const names = (await log.cells('Event Name')).slice(0, 2)
  await log.rows.first().click()
  const title = log.panel.getByRole('heading', { level: 2 })
  await expect(log.panel.getByRole('button', { name: 'Previous event' })).toBeDisabled()
  await log.panel.getByRole('button', { name: 'Next event' }).click()
  await expect.poll(async () => names[1]?.includes((await title.textContent()) ?? '?')).toBe(true)
  await page.keyboard.press('[')
  await expect.poll(async () => names[0]?.includes((await title.textContent()) ?? '?')).toBe(true)
  await expect(log.panel.getByRole('button', { name: 'Previous event' })).toBeDisabled()
})
