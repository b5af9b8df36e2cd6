import { Log, seededRange } from './log'
import { ZETA_MARK } from './seed/filler'
import { ACME, QUIET, ZETA } from './server'
import { expect, test } from './test'

test('the switcher leads to another account, and nothing of the first is left', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'category:eq:Roles' })
  await page.getByRole('button', { name: `Account: ${ACME.name}` }).click()
  await page.getByRole('menuitemradio', { name: new RegExp(ZETA.name) }).click()
  await expect(page).toHaveURL(/\/ui\/a\/zeta\/events$/)
  await expect(log.row(ZETA_MARK).first()).toBeVisible()
  await expect(log.chips).toHaveCount(0)
  const names = await log.cells('User Name')
  expect(names.filter((name) => /Lily|Omar|Nina|Tom|Ana S/.test(name))).toEqual([])
  const rail = page.getByRole('navigation', { name: 'Main' })
  await expect(rail.getByRole('link', { name: /probe/i })).toBeVisible()
  await expect(rail.getByRole('link', { name: 'Agents' })).toHaveCount(0)
  await page.goBack()
  await expect(log.row('Roles').first()).toBeVisible()
  await expect(log.row(ZETA_MARK)).toHaveCount(0)
})

test('a late answer of the first account never stands in the second', async ({ page, server }) => {
  const held: (() => void)[] = []
  await page.route('**/v1/accounts/acme/events/**', async (route) => {
    await new Promise<void>((resolve) => held.push(resolve))
    await route.continue()
  })
  await page.goto(`/ui/a/acme/events?t=${seededRange(server)}`)
  await expect.poll(() => held.length).toBeGreaterThan(1)
  await page.getByRole('button', { name: `Account: ${ACME.name}` }).click()
  await page.getByRole('menuitemradio', { name: new RegExp(ZETA.name) }).click()
  const log = new Log(page)
  await expect(log.row(ZETA_MARK).first()).toBeVisible()
  const answers = Promise.allSettled(held.map((release) => release()))
  await answers
  await page.waitForTimeout(1_000)
  for (const name of await log.cells('User Name')) expect(name).not.toMatch(/Lily|Omar|Nina|Tom/)
  await expect(page.getByRole('region', { name: 'Category' })).not.toContainText('Roles')
})

test('search, values, resources and events of one account are unknown in the other', async ({
  page,
  server,
  guard,
}) => {
  guard.allow(/status of 404/)
  const log = new Log(page)
  await log.open({ t: seededRange(server), q: ZETA_MARK })
  await log.expectCount(0)
  await page.goto(`/ui/a/acme/resources/probe/prb_1`)
  await expect(page.getByText('No event is about this')).toBeVisible()
  const { events } = await server.api<{ events: { id: string }[] }>(
    'GET',
    '/v1/accounts/zeta/events?limit=1&range=all_time',
  )
  await page.goto(`/ui/a/acme/events?e=${events[0]?.id}`)
  await expect(log.panel.getByRole('alert')).toContainText('not in this account')
  await log.open({ t: 'all' })
  const window = await log.openFilter()
  await window.row(1).column.selectOption({ label: 'User' })
  await window.row(1).operator.selectOption({ label: 'Is Equal To' })
  await window.row(1).value.fill('Zoe')
  await expect(
    page.getByText('No existing value begins like this.', { exact: false }),
  ).toBeVisible()
})

test('an account that one does not have is no page', async ({ page }) => {
  await page.goto('/ui/a/somebody-else/events')
  await expect(page.getByRole('heading', { level: 2, name: 'There is no such page' })).toBeVisible()
})

test('an account without events of a product says how the first one comes', async ({ page }) => {
  await page.goto(`/ui/a/${QUIET.id}/events?t=2024-01-01..2024-01-31`)
  await expect(page.getByText('Nothing happened in this time range.')).toBeVisible()
  await page.getByRole('button', { name: /^Search all time \(\d+ match(es)?\)$/ }).click()
  await expect(new Log(page).rows.first()).toBeVisible()
})
