import { Log, seededRange } from './log'
import { expect, test } from './test'

test('Back and Forward undo and redo filters, times and details', async ({ page, server }) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  const all = await log.count()
  await log.facet('Category', 'Roles').click()
  await expect(log.chips).toHaveCount(1)
  await expect.poll(() => log.count()).toBeLessThan(all)
  const roles = await log.count()
  await log.rows.first().click()
  await expect(log.panel).toBeVisible()
  await page.goBack()
  await expect(log.panel).toBeHidden()
  await log.expectCount(roles)
  await page.goBack()
  await log.expectCount(all)
  await page.goForward()
  await log.expectCount(roles)
  await page.goForward()
  await expect(log.panel).toBeVisible()
})

test('typing a search does not fill the history', async ({ page, server }) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  await log.facet('Category', 'Data').click()
  await expect(log.chips).toHaveCount(1)
  await log.search.pressSequentially('globex', { delay: 60 })
  await log.expectCount(2)
  await page.goBack()
  await expect(log.search).toHaveValue('')
  await expect(log.chips).toHaveCount(0)
})

test('parts that cannot be read are left out and named; the rest holds', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'category:eq:Roles' })
  const roles = await log.count()
  await log.open({
    t: seededRange(server),
    f: ['category:eq:Roles', 'nonsense', 'category:smells:Roles'],
    m: 'perhaps',
    tz: 'Mars/Base',
    cols: 'event,,',
    live: 'maybe',
  })
  await log.expectCount(roles)
  const said = page.getByRole('status').filter({ hasText: 'could not be read' })
  for (const part of ['f=nonsense', 'f=category:smells:Roles', 'm=perhaps', 'tz=Mars/Base']) {
    await expect(said).toContainText(part)
  }
})

test('an address that no page has says so, and leads home', async ({ page }) => {
  await page.goto('/ui/a/acme/nowhere')
  await expect(page.getByRole('heading', { level: 2, name: 'There is no such page' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to the audit log' }).click()
  await expect(page).toHaveURL(/\/a\/acme\/events/)
})

test('a link keeps the preset or freezes the times, and shows the same list elsewhere', async ({
  page,
  server,
  browser,
  signedIn,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const log = new Log(page)
  await log.open({ f: 'category:eq:Roles' })
  const roles = await log.count()
  const copy = async (entry: RegExp) => {
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByRole('menuitem', { name: entry }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeAttached()
    return page.evaluate(() => navigator.clipboard.readText())
  }
  const kept = await copy(/^Keep “Last 30 Days”/)
  expect(kept).not.toContain('t=')
  const frozen = await copy(/^Freeze to these times/)
  expect(frozen).toMatch(/t=\d{4}-\d\d-\d\dT00:00\.\.\d{4}-\d\d-\d\dT24:00/)
  expect(frozen).toContain('tz=UTC')

  const context = await browser.newContext({
    baseURL: server.url,
    storageState: signedIn,
    timezoneId: 'Asia/Tokyo',
  })
  const there = new Log(await context.newPage())
  await there.page.goto(frozen)
  await there.expectCount(roles)
  await expect(there.page.getByText('Times in UTC')).toBeVisible()
  await context.close()
})
