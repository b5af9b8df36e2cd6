import { allSeeded } from './events'
import { Log, seededRange } from './log'
import { expect, test } from './test'

test('25: the chart has a bar for every part of the range, and its table says the numbers', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  const chart = page.getByRole('slider', { name: 'Events over time' })
  await expect(chart).toHaveAttribute('aria-valuetext', /events?, \d+ failed$/)
  expect(Number(await chart.getAttribute('aria-valuemax'))).toBeGreaterThan(20)
  await page.getByRole('button', { name: 'Show as table' }).click()
  const table = page.getByRole('region', { name: 'Events over time as a table' })
  await expect(table).toBeVisible()
  const numbers = await table.getByRole('row').getByRole('cell').allTextContents()
  const sum = (parity: number) =>
    numbers
      .filter((_, at) => at % 2 === parity)
      .reduce((all, text) => all + Number(text.replaceAll(',', '')), 0)
  const all = await allSeeded(server)
  expect(sum(0)).toBe(all.length)
  expect(sum(1)).toBe(all.filter(({ outcome }) => outcome.result !== 'success').length)
})

test('25: the chart zooms by keyboard, and Back undoes it', async ({ page, server }) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  const all = await log.count()
  const chart = page.getByRole('slider', { name: 'Events over time' })
  await chart.focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await expect.poll(() => log.count()).toBeLessThan(all)
  await expect(page).toHaveURL(/t=\d{4}-/)
  await page.goBack()
  await log.expectCount(all)
})

test('25: the counts beside the list name the most frequent users and events, exactly', async ({
  page,
  server,
}) => {
  const all = await allSeeded(server)
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  for (const [title, of] of [
    ['User', (one: (typeof all)[number]) => one.actor.name],
    ['Event', (one: (typeof all)[number]) => one.event],
    ['Category', (one: (typeof all)[number]) => one.category],
  ] as const) {
    const counts = new Map<string, number>()
    for (const one of all) {
      const key = of(one) ?? ''
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const [most, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
    await expect(log.facet(title, most)).toContainText(count.toLocaleString('en'))
  }
  await page.getByRole('button', { name: 'Exclude Data', exact: true }).click()
  await log.expectCount(all.filter(({ category }) => category !== 'Data').length)
})

test('25: First time marks the first event of a user × action, and is a filter', async ({
  page,
  server,
}) => {
  const all = await allSeeded(server)
  const users = all.filter(({ actor }) => actor.type === 'user')
  const pairs = new Set(users.map(({ actor, action }) => `${actor.id} ${action}`))
  const log = new Log(page)
  await log.open({ t: seededRange(server), f: ['first_seen:eq:action', 'actor_type:eq:user'] })
  await log.expectCount(pairs.size)
  for (const cell of await log.cells('Event Name')) expect(cell).toContain('First time')
})

test('25: the four ready-made views', async ({ page, server }) => {
  const all = await allSeeded(server)
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await choose('Failed and denied')
  await expect(page).toHaveURL(/result/)
  await page.goto(`${page.url()}&t=${seededRange(server)}`.replace(/t=[^&]*&(.*)t=/, '$1t='))
  await log.expectCount(all.filter(({ outcome }) => outcome.result !== 'success').length)
  for (const name of ['Role and access changes', 'New networks', 'Outside usual hours']) {
    await choose(name)
    await expect(log.rows.first(), name).toBeVisible()
    await expect.poll(() => log.count(), { message: name }).toBeLessThan(all.length)
  }
})

test('a list gets a name, is found under it, and the name is given up again', async ({ page }) => {
  const log = new Log(page)
  await log.open({ f: 'category:eq:Roles', t: 'year' })
  const save = async () => {
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save this view…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save this view' })
    await dialog.getByLabel('Name').fill('Roles this year')
    await dialog.getByRole('button', { name: 'Save view' }).click()
    return dialog
  }
  await expect(await save()).toBeHidden()
  await log.open()
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Roles this year' }).click()
  await expect(page).toHaveURL(/f=category:eq:Roles/)
  await expect(log.timeButton).toContainText('This Year')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Delete “Roles this year”' }).click()
  await page.getByRole('button', { name: 'Views' }).click()
  await expect(page.getByRole('menuitem', { name: 'Save this view…' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Roles this year' })).toHaveCount(0)
})
