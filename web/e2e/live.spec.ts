import { Log } from './log'
import type { NewEvent, Server } from './server'
import { expect, test } from './test'

/** An event that happens now and that only this test looks for. */
function news(mark: string, number: number): NewEvent {
  return {
    action: 'data.create',
    actor: { type: 'user', id: 'usr_1', name: 'Lily Ari' },
    targets: [{ type: 'record', id: `${mark}_${number}`, name: `${mark} ${number}` }],
  }
}

async function record(server: Server, mark: string, ...numbers: number[]): Promise<void> {
  await server.record(
    'acme',
    numbers.map((number) => news(mark, number)),
  )
}

test('live: what happens appears without a reload, and the state says so', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: 'today' })
  const before = await log.count()
  await page.getByRole('button', { name: 'Go live' }).click()
  await expect(
    page.getByRole('status').filter({ hasText: /^Listening since \d\d:\d\d$/ }),
  ).toBeVisible()
  await record(server, 'Fresh', 1)
  await expect(log.row('Created Fresh 1')).toBeVisible()
  await expect.poll(() => log.count()).toBeGreaterThan(before)
  await expect(page).toHaveURL(/[?&]live=1/)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('button', { name: 'Go live' })).toBeVisible()
  await record(server, 'Fresh', 2)
  await page.waitForTimeout(2_000)
  await expect(log.row('Created Fresh 2')).toHaveCount(0)
})

test('live: while the reader is in the middle of something, news wait behind a pill', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: 'all', live: '1' })
  await expect(page.getByRole('status').filter({ hasText: /^Listening/ })).toBeVisible()
  await log.rows.nth(3).click()
  await expect(log.panel).toBeVisible()
  const title = await log.panel.getByRole('heading', { level: 2 }).textContent()
  await record(server, 'Held', 1, 2)
  const pill = page.getByRole('button', { name: /^\d+ new events?$/ })
  await expect(pill).toBeVisible()
  await expect(log.row('Created Held 1')).toHaveCount(0)
  await expect(log.panel.getByRole('heading', { level: 2 })).toHaveText(String(title))
  await pill.click()
  await expect(pill).toBeHidden()
  await log.panel.getByRole('button', { name: 'Close details' }).click()
  await expect(log.row('Created Held 1')).toBeVisible()
})

test('live: a broken line is said to be broken, and nothing is lost', async ({
  page,
  server,
  guard,
}) => {
  guard.allow(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  const log = new Log(page)
  await log.open({ t: 'today', live: '1' })
  await expect(page.getByRole('status').filter({ hasText: /^Listening/ })).toBeVisible()
  await page.route('**/events/tail**', (route) => route.abort())
  await record(server, 'Cut', 1)
  await expect(
    page.getByRole('status').filter({ hasText: /^Reconnecting in \d+ s, nothing is lost$/ }),
  ).toBeVisible()
  await record(server, 'Cut', 2)
  await page.unroute('**/events/tail**')
  await expect(log.row('Created Cut 2')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('status').filter({ hasText: /^Listening/ })).toBeVisible()
})
