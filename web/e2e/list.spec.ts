import { Log, seededRange } from './log'
import { GALE } from './seed/gale'
import { AGENT_A, FAILED_LOGIN } from './seed/stories'
import { expect, test } from './test'

test('1, 2, 3: the 25 events stand in the five columns, each with a sentence', async ({
  page,
  server,
}) => {
  // High enough for all 25 rows: the list draws only those in sight.
  await page.setViewportSize({ width: 1440, height: 1800 })
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'ip:in_network:203.0.113.0/27' })
  await expect(log.list.getByRole('columnheader')).toHaveText([
    'Event Name',
    'Category',
    'User Name',
    'Date and Time',
    'Description',
  ])
  await log.expectCount(GALE.length)
  for (const { event, category } of GALE) {
    const row = log.rows.filter({ has: page.getByText(event, { exact: true }) })
    await expect(row, event).toHaveCount(1)
    const cells = await row.getByRole('cell').allTextContents()
    expect(cells[1]).toBe(category)
    expect(cells[2]).toMatch(/Lily Ari|Omar Haddad|Ana Souza/)
    expect(cells[3]).toMatch(/^\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d:\d\d$/)
    expect(cells[4]).toMatch(/^[A-Z][a-z]+ed .*|^Logged (in|out)$/)
    expect(cells[4]).not.toContain('_')
  }
})

test('5: a click opens the details and the URL names them; Esc closes and gives the focus back', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server), q: '"Model deployed"' })
  await log.expectCount(1)
  await log.row('Model deployed').click()
  await expect(log.panel.getByRole('heading', { name: 'Model deployed' })).toBeVisible()
  await expect(page).toHaveURL(/[?&]e=[\w-]{36}/)
  const linked = page.url()
  await page.keyboard.press('Escape')
  await expect(log.panel).toBeHidden()
  await expect(page).not.toHaveURL(/[?&]e=/)
  const link = log.row('Model deployed').getByRole('link')
  await expect(link).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(log.panel).toBeVisible()

  const other = await page.context().newPage()
  await other.goto(linked)
  await expect(new Log(other).panel.getByRole('heading', { name: 'Model deployed' })).toBeVisible()
})

test('5: an event that does not exist is said to be missing', async ({ page, guard }) => {
  guard.allow(/status of 404/)
  await page.goto('/ui/a/acme/events?e=00000000-0000-7000-8000-000000000000')
  await expect(new Log(page).panel.getByRole('alert')).toHaveText(
    'This event is not in this account or was erased',
  )
})

test('6, 48: the paths of the settings lead to the log of the account', async ({ page }) => {
  for (const path of ['settings/monitoring/audit-logs', 'settings/audit-logs']) {
    await page.goto(`/ui/a/acme/${path}`)
    await expect(page).toHaveURL(/\/ui\/a\/acme\/events$/)
    await expect(page.getByRole('heading', { level: 1, name: 'Audit Logs' })).toBeVisible()
  }
  const rail = page.getByRole('navigation', { name: 'Main' })
  await expect(rail.getByRole('link', { name: 'Audit Logs', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  )
})

test('26: the search finds words of descriptions, names, values and phrases', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  for (const [text, event] of [
    ['mail server unavailable', 'System error'],
    ['"password is wrong"', 'Login attempt'],
    ['NVIDIA H100 deployed', 'Model deployed'],
    ['globex "member of the team"', 'Data read'],
    [AGENT_A.before, 'Agent created'],
  ] as const) {
    await log.search.fill(text)
    await expect(page).toHaveURL(/[?&]q=/)
    await expect(log.row(event).first(), text).toBeVisible()
    await expect.poll(async () => log.count(), { message: text }).toBeLessThan(10)
  }
  await log.search.fill('xyzzy-nothing')
  await log.expectCount(0)
  await page.getByRole('button', { name: 'Clear search' }).click()
  await expect(log.search).toHaveValue('')
  await expect(log.rows.first()).toBeVisible()
})

test('34: a failed login says who, when and from where', async ({ page, server }) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'event:eq:Login attempt', r: 'result:eq:failure' })
  await log.expectCount(1)
  await log.rows.first().click()
  await expect(log.panel.getByText('Failed to log in: the password is wrong')).toBeVisible()
  const where = log.panel.getByRole('region', { name: 'Where' })
  await expect(where).toContainText(FAILED_LOGIN.ip)
  await expect(where).toContainText(FAILED_LOGIN.location)
  await expect(where).toContainText('Firefox')
  await expect(log.panel.getByRole('region', { name: 'Who' })).toContainText('tom@acme.example')
  await expect(log.panel.getByRole('region', { name: 'When' })).toContainText('UTC')
})

test('38: an error of the system has its code and reason, and Result finds it', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  await log.facet('Result', 'Error').click()
  await log.expectCount(1)
  await expect(log.rows.first()).toContainText('System error')
  await log.rows.first().click()
  const what = log.panel.getByRole('region', { name: 'What' })
  await expect(what).toContainText('SMTP_421')
  await expect(what).toContainText('the mail server is unavailable')
})

test('39: reads are events and can be left out', async ({ page, server }) => {
  const log = new Log(page)
  const t = seededRange(server)
  await log.open({ t, f: 'verb:eq:read' })
  const reads = await log.count()
  expect(reads).toBeGreaterThan(2)
  for (const name of await log.cells('Event Name')) expect(name).toContain('Data read')
  await log.open({ t })
  const all = await log.count()
  await log.open({ t, f: 'verb:ne:read' })
  await log.expectCount(all - reads)
})

test('40: the result is a column and a filter', async ({ page, server }) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server), cols: 'event,result,user_name' })
  for (const [result, atLeast] of [
    ['Success', 100],
    ['Failure', 10],
    ['Denied', 1],
    ['Error', 1],
  ] as const) {
    await log.facet('Result', result).click()
    await expect(log.chips.first()).toContainText(new RegExp(result, 'i'))
    await expect.poll(async () => new Set(await log.cells('Result'))).toEqual(new Set([result]))
    expect(await log.count()).toBeGreaterThanOrEqual(atLeast)
    await page.getByRole('button', { name: /^Remove filter: Result/ }).click()
  }
})

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`only the rows in sight exist, and the rest of the log is not asked for, at ${width} pixels`, async ({
    page,
    server,
  }) => {
    await page.setViewportSize({ width, height })
    let pages = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/events/search') && request.postDataJSON().cursor) pages += 1
    })
    const log = new Log(page)
    await log.open({ t: seededRange(server) })
    expect(await log.count()).toBeGreaterThan(400)
    await expect.poll(() => log.rows.count()).toBeLessThan(60)
    expect(pages).toBeLessThan(3)
    await log.rows.first().getByRole('link').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('End')
    await expect.poll(() => pages).toBeGreaterThan(0)
    await expect.poll(() => log.rows.count()).toBeLessThan(60)
  })
}

test('5: beside the details the names of events can still be read, at 1280 pixels too', async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: 'category:eq:Roles' })
  await log.rows.first().click()
  await expect(log.panel).toBeVisible()
  const box = await log.rows.first().getByRole('cell').first().boundingBox()
  expect(box?.width).toBeGreaterThan(140)
})
