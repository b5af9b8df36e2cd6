import type { Page } from '@playwright/test'
import { Log, seededRange } from './log'
import { INBOX_AT } from './seed/stories'
import { ACME, QUIET } from './server'
import { expect, test } from './test'

/** Gives the person the preferences of somebody who never chose any. */
async function resetPreferences(page: Page, account: string): Promise<void> {
  const { csrf } = await (await page.request.get('/v1/session')).json()
  const path = `/v1/accounts/${account}/preferences`
  const data = {
    time_zone: null,
    week_start: null,
    column_set: null,
    columns: null,
    theme: 'system',
    density: 'comfortable',
    single_keys: true,
  }
  const headers = { 'X-Annals-CSRF': csrf, 'Sec-Fetch-Site': 'same-origin' }
  expect((await page.request.put(path, { data, headers })).ok()).toBe(true)
}

test.afterEach(async ({ page }) => resetPreferences(page, ACME.id))

async function choose(page: Page, field: string, choice: RegExp): Promise<void> {
  await page.goto(`/ui/a/${ACME.id}/preferences`)
  const saved = page.waitForResponse(
    (one) => one.url().endsWith('/preferences') && one.request().method() === 'PUT',
  )
  await page.getByRole('group', { name: field }).getByRole('radio', { name: choice }).check()
  expect((await saved).ok()).toBe(true)
}

test('32, 1.1a: the Developer set: Time, Action, Actor, Details, with what was added and removed', async ({
  page,
  server,
}) => {
  await choose(page, 'Column set', /^Developer/)
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'action:eq:organization.settings.change' })
  await expect(log.list.getByRole('columnheader')).toHaveText([
    'Time',
    'Action',
    'Actor',
    'Details',
  ])
  const cells = await log.rows.first().getByRole('cell').allTextContents()
  expect(cells[1]).toContain('organization.settings.change')
  expect(cells[2]).toBe('ana@acme.example')
  for (const item of ['+ gpt-5', '+ llama-4', '− gpt-4o']) expect(cells[3]).toContain(item)
  await expect(page.getByRole('group', { name: 'Quick filters' })).toBeVisible()
  for (const label of ['Actor Email', 'Start Date', 'End Date']) {
    await expect(page.getByLabel(label, { exact: true })).toBeVisible()
  }
})

test('45, 1.1a: the Activity set: User, Activity, Time, as in `Jun 22, 2023 03:06 PM`', async ({
  page,
}) => {
  await choose(page, 'Column set', /^Activity/)
  const log = new Log(page)
  await log.open({ t: '2023-06-22..2023-06-22' })
  await expect(log.list.getByRole('columnheader')).toHaveText(['User', 'Activity', 'Time'])
  const row = log.row('Created a new inbox (#24725)')
  await expect(row.getByRole('time')).toHaveText('Jun 22, 2023 03:06 PM')
  await expect(row.getByRole('time')).toHaveAttribute('datetime', INBOX_AT)
})

test('3, 1.1a: columns are chosen, moved and given back in the list', async ({ page }) => {
  const log = new Log(page)
  await log.open()
  await page.getByRole('button', { name: 'Columns' }).click()
  const chooser = page.getByRole('dialog', { name: 'Columns' })
  await chooser.getByRole('checkbox', { name: 'IP address' }).check()
  await chooser.getByRole('checkbox', { name: 'Description' }).uncheck()
  const heads = log.list.getByRole('columnheader')
  await expect(heads).toHaveText([
    'Event Name',
    'Category',
    'User Name',
    'Date and Time',
    'IP address',
  ])
  await chooser.getByRole('button', { name: 'Move IP address one place to the left' }).click()
  await expect(heads).toHaveText([
    'Event Name',
    'Category',
    'User Name',
    'IP address',
    'Date and Time',
  ])
  for (const set of ['Account', 'Developer', 'Activity']) {
    await expect(chooser.getByRole('button', { name: set, exact: true })).toBeVisible()
  }
  await chooser.getByRole('button', { name: 'Reset' }).click()
  await expect(heads.last()).toHaveText('Description')
})

test('32: a chosen zone moves all times; single keys can be switched off', async ({ page }) => {
  await page.goto(`/ui/a/${ACME.id}/preferences`)
  const box = page.getByRole('checkbox', { name: /^Single-key shortcuts/ })
  await box.uncheck()
  await expect(page.getByRole('status').filter({ hasText: /saved/i })).toBeVisible()
  await page.getByRole('radio', { name: /^Other time zone/ }).check()
  const zone = page
    .getByRole('combobox', { name: 'Name of the time zone' })
    .or(page.getByLabel('Name of the time zone'))
    .first()
  await zone.fill('Tokyo')
  await page.getByRole('option', { name: /Asia\/Tokyo/ }).click()
  await new Log(page).open()
  await expect(page.getByText('Times in Tokyo (GMT+9)')).toBeVisible()
  await page.keyboard.press('f')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('37: settings are saved together, recorded with what was before, and not lost by leaving', async ({
  page,
}) => {
  await page.goto(`/ui/a/${QUIET.id}/settings`)
  await expect(page.getByRole('heading', { level: 1, name: 'Account settings' })).toBeVisible()
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Quieter Ltd.')
  await page.getByRole('link', { name: 'Event catalogue' }).click()
  const ask = page.getByRole('dialog', { name: 'Leave without saving?' })
  await ask.getByRole('button', { name: 'Stay here' }).click()
  await expect(name).toHaveValue('Quieter Ltd.')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: 'Account: Quieter Ltd.' })).toBeVisible()

  const log = new Log(page)
  await log.open({ t: 'today', q: 'Quieter' }, QUIET.id)
  await expect(log.rows.first()).toBeVisible()
  await log.rows.first().click()
  const changes = log.panel.getByRole('table', { name: 'Changes' })
  await expect(changes).toContainText(QUIET.name)
  await expect(changes).toContainText('Quieter Ltd.')

  await page.goto(`/ui/a/${QUIET.id}/settings`)
  await name.fill(QUIET.name)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: `Account: ${QUIET.name}` })).toBeVisible()
})

test('a pack that is off leaves the catalogue and comes back', async ({ page }) => {
  const toggle = async (on: boolean) => {
    await page.goto(`/ui/a/${QUIET.id}/settings`)
    await page.getByRole('checkbox', { name: /live_agent/ }).setChecked(on)
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByRole('status').filter({ hasText: /saved/i })).toBeVisible()
    await page.goto(`/ui/a/${QUIET.id}/catalogue?q=inbox.create`)
  }
  await toggle(false)
  await expect(page.getByText('No event matches')).toBeVisible()
  await toggle(true)
  await expect(page.getByRole('link', { name: 'Inbox created' })).toBeVisible()
})
