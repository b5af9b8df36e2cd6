import { allSeeded, type Found } from './events'
import { Log, seededRange } from './log'
import { ANA, LILY } from './seed/people'
import { expect, test } from './test'

/** Opens the log with the quick filters in sight. */
async function openQuick(log: Log, t: string): Promise<void> {
  await log.open({ t })
  const toggle = log.page.getByRole('button', { name: 'Quick filters' })
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
  await expect(log.page.getByRole('group', { name: 'Quick filters' })).toBeVisible()
}

test('28: Actions takes one or more; two are the union', async ({ page, server }) => {
  const all = await allSeeded(server)
  const count = (...actions: string[]) => all.filter((one) => actions.includes(one.action)).length
  const log = new Log(page)
  await openQuick(log, seededRange(server))
  const button = page.getByRole('button', { name: /^Actions/ })
  await button.click()
  const menu = page.getByRole('dialog', { name: 'Actions' })
  await menu.getByLabel('Search actions').fill('data.')
  await expect(menu.getByRole('checkbox', { name: /user\.login/ })).toBeHidden()
  await menu.getByRole('checkbox', { name: /^data\.read/ }).check()
  await log.expectCount(count('data.read'))
  await menu.getByLabel('Search actions').fill('')
  await menu.getByRole('checkbox', { name: /^user\.login/ }).check()
  await log.expectCount(count('data.read', 'user.login'))
  await page.keyboard.press('Escape')
  await expect(button).toHaveAccessibleName('Actions, 2 chosen')
})

test('29: Actor Email is exact and ignores case; an unknown one is an empty list, not an error', async ({
  page,
  server,
}) => {
  const isAna = ({ actor }: Found) => actor.email?.toLowerCase() === ANA.email
  const count = (await allSeeded(server)).filter(isAna).length
  const log = new Log(page)
  await openQuick(log, seededRange(server))
  const field = page.getByRole('textbox', { name: 'Actor Email' })
  await field.fill(ANA.email.toUpperCase())
  await field.press('Enter')
  await log.expectCount(count)
  await field.fill('ana@acme')
  await field.press('Enter')
  await log.expectCount(0)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('30: Start Date and End Date are times of the viewer, to the minute', async ({
  page,
  server,
}) => {
  const all = await allSeeded(server)
  const at = all.filter(({ action }) => action === 'model.deploy')[0]?.occurred_at ?? ''
  const from = at.slice(0, 16)
  const to = new Date(Date.parse(`${from}:00Z`) + 120_000).toISOString().slice(0, 16)
  const log = new Log(page)
  await openQuick(log, seededRange(server))
  await page.getByLabel('Start Date').fill(from)
  await page.getByLabel('Start Date').press('Enter')
  await page.getByLabel('End Date').fill(to)
  await page.getByLabel('End Date').press('Enter')
  const inside = all.filter(({ occurred_at }) => {
    const time = Date.parse(occurred_at)
    return time >= Date.parse(`${from}:00Z`) && time < Date.parse(`${to}:00Z`)
  })
  expect(inside.length).toBeGreaterThan(0)
  await log.expectCount(inside.length)
  await expect(log.row('Model deployed')).toBeVisible()
})

test('31: different quick filters narrow each other', async ({ page, server }) => {
  const all = await allSeeded(server)
  const both = all.filter(
    ({ actor, action }) => actor.email === LILY.email && action === 'data.read',
  )
  const log = new Log(page)
  await openQuick(log, seededRange(server))
  await page.getByRole('button', { name: /^Actions/ }).click()
  await page.getByRole('checkbox', { name: /^data\.read/ }).check()
  await page.keyboard.press('Escape')
  await page.getByRole('textbox', { name: 'Actor Email' }).fill(LILY.email)
  await page.getByRole('textbox', { name: 'Actor Email' }).press('Enter')
  await log.expectCount(both.length)
})

test.describe('in St. John’s', () => {
  test.use({ timezoneId: 'America/St_Johns' })

  test('30, 32: typed times are read in the zone that is shown', async ({ page, server }) => {
    const all = await allSeeded(server)
    const at = all.filter(({ action }) => action === 'model.deploy')[0]?.occurred_at ?? ''
    const minute = Math.floor(Date.parse(at) / 60_000) * 60_000
    const log = new Log(page)
    await openQuick(log, seededRange(server))
    await page.getByLabel('Start Date').fill(civil(minute))
    await page.getByLabel('Start Date').press('Enter')
    await page.getByLabel('End Date').fill(civil(minute + 60_000))
    await page.getByLabel('End Date').press('Enter')
    await log.expectCount(1)
    await expect(log.row('Model deployed')).toBeVisible()
    // Half an hour beside the whole ones: UTC-3:30 in winter, UTC-2:30 in summer.
    await expect(page.getByText(/^Times in St Johns \(GMT-[23]:30\)/)).toBeVisible()
  })
})

/** An instant as the clocks of St. John's show it, as a date field takes it. */
function civil(instant: number): string {
  const zone = { timeZone: 'America/St_Johns', dateStyle: 'short', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat('sv-SE', zone).format(instant).replace(' ', 'T')
}
