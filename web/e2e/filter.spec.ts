import { allSeeded, type Found, isUser, same } from './events'
import { Log, seededRange } from './log'
import { LILY } from './seed/people'
import { expect, test } from './test'

const COLUMNS = {
  Category: { value: 'Roles', matches: (one: Found) => same(one.category, 'Roles') },
  Event: { value: 'Data read', matches: (one: Found) => same(one.event, 'Data read') },
  User: { value: LILY.name, matches: (one: Found) => isUser(one, LILY.name) },
} as const

for (const [column, { value, matches }] of Object.entries(COLUMNS)) {
  test(`11, 12: ${column} with both operators gives exactly what brute force finds`, async ({
    page,
    server,
  }) => {
    const all = await allSeeded(server)
    const equal = all.filter(matches).length
    expect(equal).toBeGreaterThan(0)
    const log = new Log(page)
    await log.open({ t: seededRange(server) })
    const window = await log.openFilter()
    await window.fill(1, column, 'Is Equal To', value)
    await expect(window.dialog.getByText(`${equal} events match`)).toBeVisible()
    await window.apply()
    await log.expectCount(equal)
    await log.openFilter()
    await window.row(1).operator.selectOption({ label: 'Is Not Equal To' })
    await window.apply()
    await log.expectCount(all.length - equal)
  })
}

test('10, 1.1a: +Add Filter adds a row per click, each can be removed, and the labels are those of the guide', async ({
  page,
}) => {
  const log = new Log(page)
  await log.open()
  const window = await log.openFilter(0)
  await expect(window.rows).toHaveCount(0)
  await expect(window.button('+Add Filter')).toBeFocused()
  await window.add()
  await expect(window.dialog.getByRole('heading', { name: 'Filter By', exact: true })).toBeVisible()
  await expect(window.dialog.getByRole('tab')).toHaveText(['AND', 'OR'])
  const { column, operator, value } = window.row(1)
  await expect(column).toContainText('Select Column')
  const columns = (await column.getByRole('option').allTextContents()).slice(0, 3)
  expect(columns).toEqual(['Category', 'Event', 'User'])
  await expect(value).toHaveAttribute('placeholder', 'Enter Value')
  await column.selectOption({ label: 'Category' })
  await expect(operator.getByRole('option')).toContainText([/^Is Equal To$/, /^Is Not Equal To$/])
  for (const rows of [2, 3, 4]) {
    await window.add()
    await expect(window.rows).toHaveCount(rows)
    await expect(window.row(rows).column).toBeFocused()
  }
  await window.row(3).remove.click()
  await window.row(3).remove.click()
  await expect(window.rows).toHaveCount(2)
  for (const name of ['+Add Filter', 'Clear All', 'Apply']) {
    await expect(window.button(name)).toBeVisible()
  }
})

test('11: the list of values offers those that exist, with their counts', async ({
  page,
  server,
}) => {
  const roles = await server.api<{ values: { label: string; count: number }[] }>(
    'GET',
    '/v1/accounts/acme/values?column=category&prefix=Rol',
  )
  expect(roles.values).toHaveLength(1)
  const log = new Log(page)
  await log.open()
  const window = await log.openFilter()
  await window.row(1).column.selectOption({ label: 'Category' })
  await window.row(1).operator.selectOption({ label: 'Is Equal To' })
  await window.row(1).value.click()
  await expect(window.option('Login/Logout')).toBeVisible()
  await window.row(1).value.fill('Rol')
  await expect(window.option('Login/Logout')).toBeHidden()
  await expect(window.option('Roles')).toContainText(String(roles.values[0]?.count))
})

test('13: nothing changes before Apply', async ({ page, server }) => {
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  const all = await log.count()
  const asked: string[] = []
  page.on('request', (request) => {
    if (/facets|histogram/.test(request.url())) asked.push(request.url())
  })
  const window = await log.openFilter()
  await window.fill(1, 'Category', 'Is Equal To', 'Roles')
  await expect(window.dialog.getByText(/events match/)).toBeVisible()
  expect(await log.count()).toBe(all)
  await window.button('Cancel').click()
  await log.expectCount(all)
  await expect(log.filterButton).toHaveText('Filter')
  expect(asked).toEqual([])
})

test('12: a name in other letters and with spaces around is the same name', async ({
  page,
  server,
}) => {
  const created = (await allSeeded(server)).filter(({ event }) => event === 'Role created')
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  const window = await log.openFilter()
  await window.row(1).column.selectOption({ label: 'Event' })
  await window.row(1).operator.selectOption({ label: 'Is Equal To' })
  await window.row(1).value.fill(' Role Created ')
  await window.row(1).value.press('Escape')
  await window.apply()
  await log.expectCount(created.length)
  await expect(log.row('Role created').first()).toBeVisible()
})

test('14, 15: the badge counts the filters, and Clear All removes every one and keeps the time', async ({
  page,
  server,
}) => {
  const log = new Log(page)
  const t = seededRange(server)
  await log.open({ t })
  const all = await log.count()
  const window = await log.openFilter()
  await window.fill(1, 'Category', 'Is Not Equal To', 'Roles')
  await window.fill(2, 'Event', 'Is Not Equal To', 'Data read')
  await window.fill(3, 'User', 'Is Not Equal To', 'Lily Ari')
  await window.apply()
  await expect(log.filterButton).toHaveAccessibleName('Filter, 3 applied')
  await expect(log.filterButton).toContainText('3')
  await expect(page.getByRole('status').filter({ hasText: '3 filters applied' })).toBeAttached()
  await expect(log.chips).toHaveCount(3)
  await page.getByRole('button', { name: 'Clear All' }).click()
  await log.expectCount(all)
  await expect(log.filterButton).toHaveAccessibleName('Filter')
  await expect(page.getByRole('status').filter({ hasText: 'No filters applied' })).toBeAttached()
  await page.goBack()
  await expect(log.filterButton).toHaveAccessibleName('Filter, 3 applied')
  await log.openFilter()
  await window.button('Clear All').click()
  await log.expectCount(all)
  await expect(window.dialog).toBeVisible()
  await expect(page).toHaveURL(
    new RegExp(encodeURIComponent(t).replaceAll('%3A', ':').slice(0, 12)),
  )
})

test('16, 17: AND is the intersection, OR the union, one for all criteria', async ({
  page,
  server,
}) => {
  const all = await allSeeded(server)
  const isData = (one: Found) => same(one.category, 'Data')
  const isLily = (one: Found) => isUser(one, LILY.name)
  const log = new Log(page)
  await log.open({ t: seededRange(server) })
  const window = await log.openFilter()
  await window.fill(1, 'Category', 'Is Equal To', 'Data')
  await window.fill(2, 'User', 'Is Equal To', LILY.name)
  await window.apply()
  await log.expectCount(all.filter((one) => isData(one) && isLily(one)).length)
  await log.openFilter()
  await window.dialog.getByRole('tab', { name: 'OR' }).click()
  await window.apply()
  await log.expectCount(all.filter((one) => isData(one) || isLily(one)).length)
  await expect(page).toHaveURL(/[?&]m=any/)
})

test('16: quick filters, value counts and the search narrow the whole OR group', async ({
  page,
  server,
}) => {
  const all = await allSeeded(server)
  const inGroup = all.filter((one) => same(one.category, 'Data') || isUser(one, LILY.name))
  const failed = inGroup.filter((one) => one.outcome.result === 'failure')
  const log = new Log(page)
  await log.open({
    t: seededRange(server),
    f: ['category:eq:Data', `user:eq:${LILY.id}`],
    m: 'any',
  })
  await log.expectCount(inGroup.length)
  await log.facet('Result', 'Failure').click()
  await log.expectCount(failed.length)
  await log.search.fill('event:"Data updated"')
  await log.expectCount(failed.filter(({ event }) => event === 'Data updated').length)
})

test('31: chips are edited, paused and removed in place', async ({ page, server }) => {
  const all = await allSeeded(server)
  const failed = all.filter((one) => one.outcome.result === 'failure')
  const log = new Log(page)
  await log.open({ t: seededRange(server), r: ['result:eq:failure', 'verb:ne:read'] })
  const both = await log.count()
  expect(both).toBeLessThanOrEqual(failed.length)
  await page.getByRole('button', { name: /^Pause filter: Kind of change/ }).click()
  await log.expectCount(failed.length)
  await page.getByRole('button', { name: /^Switch on filter: Kind of change/ }).click()
  await log.expectCount(both)
  await page.getByRole('button', { name: /^Remove filter: Result/ }).click()
  await expect(log.chips).toHaveCount(1)
  await page.getByRole('button', { name: /^Edit filter: Kind of change/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit filter' })
  await dialog.getByRole('combobox', { name: 'Select Operator' }).selectOption('eq')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await log.expectCount(all.filter((one) => one.action === 'data.read').length)
})
