import { Log } from './log'
import { expect, test } from './test'

const PRESETS = [
  'All Time',
  'Today',
  'Yesterday',
  'This Week',
  'This Month',
  'Last Month',
  'Last 30 Days',
  'Last 90 Days',
  'This Year',
  'Last Year',
]

test('18: the button shows the choice, which is Last 30 Days at first', async ({ page }) => {
  const log = new Log(page)
  const asked = page.waitForRequest(/events\/search/)
  await log.open()
  expect((await asked).postDataJSON()).toMatchObject({ range: 'last_30_days', tz: 'UTC' })
  await expect(log.timeButton).toContainText('Last 30 Days')
})

test.describe('on a morning of November', () => {
  test.beforeEach(async ({ page }) => {
    await page.clock.setFixedTime(new Date('2025-11-21T10:30:00Z'))
  })

  test('19, 20, 1.1a: ten presets in their order beside a calendar; nothing happens before Apply', async ({
    page,
  }) => {
    const log = new Log(page)
    await log.open()
    const picker = await log.openTime()
    const presets = picker.dialog.getByRole('radiogroup', { name: 'Presets' }).getByRole('radio')
    expect(await Promise.all((await presets.all()).map((one) => one.evaluate(labelOf)))).toEqual(
      PRESETS,
    )
    await expect(picker.preset('Last 30 Days')).toBeChecked()
    const today = picker.day('Friday, 21 November 2025')
    await expect(today).toHaveAttribute('aria-current', 'date')
    await expect(today).toBeFocused()
    await picker.preset('Yesterday').check()
    await expect(log.timeButton).toContainText('Last 30 Days')
    await expect(page).not.toHaveURL(/[?&]t=/)
    await picker.apply()
    await expect(log.timeButton).toContainText('Yesterday')
    await expect(page).toHaveURL(/[?&]t=yesterday/)
  })

  test('21: a preset marks its days and names its range', async ({ page }) => {
    const log = new Log(page)
    await log.open()
    const picker = await log.openTime()
    await picker.preset('Last Month').check()
    await expect(picker.footer).toContainText('1 Oct 2025 – 31 Oct 2025')
    await expect(picker.dialog.getByRole('grid', { name: 'Calendar, October 2025' })).toBeVisible()
    await expect(picker.selected).toHaveCount(31)
    await picker.preset('This Week').check()
    await expect(picker.footer).toContainText('17 Nov 2025 – 23 Nov 2025')
    await picker.preset('All Time').check()
    await expect(picker.footer).toContainText(/ – now/)
  })

  test('22: Month and Year jump, the arrows go from year to year, later days cannot be picked', async ({
    page,
  }) => {
    const log = new Log(page)
    await log.open()
    const picker = await log.openTime()
    await picker.field('Year').selectOption('2024')
    await picker.field('Month').selectOption({ label: 'February' })
    await expect(picker.day(/February 2024$/)).toHaveCount(29)
    await picker.button('Previous month').click()
    await picker.button('Previous month').click()
    await expect(picker.dialog.getByRole('grid', { name: 'Calendar, December 2023' })).toBeVisible()
    await expect(picker.field('Year')).toHaveValue('2023')
    await picker.button('Next month').click()
    await expect(picker.dialog.getByRole('grid', { name: 'Calendar, January 2024' })).toBeVisible()
    await picker.field('Year').selectOption('2025')
    await picker.field('Month').selectOption({ label: 'November' })
    await expect(picker.day('Saturday, 22 November 2025')).toBeDisabled()
    await expect(picker.button('Next month')).toBeDisabled()
  })

  test('23: a day is the start and today the end; the second click is the end; an earlier one swaps', async ({
    page,
  }) => {
    const log = new Log(page)
    await log.open()
    const picker = await log.openTime()
    await picker.day('Wednesday, 5 November 2025').click()
    await expect(picker.footer).toContainText('5 Nov 2025 – 21 Nov 2025')
    await expect(picker.selected).toHaveCount(17)
    await picker.day('Monday, 10 November 2025').click()
    await expect(picker.footer).toContainText('5 Nov 2025 – 10 Nov 2025')
    await expect(picker.selected).toHaveCount(6)
    await picker.day('Friday, 14 November 2025').click()
    await picker.day('Monday, 3 November 2025').click()
    await expect(picker.footer).toContainText('3 Nov 2025 – 14 Nov 2025')
    await picker.apply()
    await expect(log.timeButton).toContainText('3 Nov 2025 – 14 Nov 2025')
    await expect(page).toHaveURL(/t=2025-11-03T00:00\.\.2025-11-14T24:00/)
  })

  test('20, 30: whole month, whole year, clocks to the minute, typed ranges', async ({ page }) => {
    const log = new Log(page)
    await log.open()
    const picker = await log.openTime()
    await picker.button('Previous month').click()
    await picker.button('Whole month').click()
    await expect(picker.footer).toContainText('1 Oct 2025 – 31 Oct 2025')
    await picker.button('Whole year').click()
    await expect(picker.footer).toContainText('1 Jan 2025 – 31 Dec 2025')
    await picker.preset('Yesterday').check()
    await picker.field('Start time').fill('09:15')
    await picker.field('End time').fill('17:45')
    await expect(picker.footer).toContainText('20 Nov 2025, 09:15 – 17:45')
    await picker.field('End time').fill('08:00')
    await expect(picker.dialog.getByRole('alert')).toContainText('the start before the end')
    await picker.button('Apply').click()
    await expect(picker.dialog).toBeVisible()
    await picker.field('Type a range').fill('2025-11-01 to 2025-11-05')
    await expect(picker.footer).toContainText('1 Nov 2025 – 5 Nov 2025')
    await picker.field('Type a range').fill('soon')
    await picker.button('Apply').click()
    await expect(picker.dialog.getByText('This is no range.')).toBeVisible()
    await picker.field('Type a range').fill('last 2h')
    await picker.apply()
    await expect(log.timeButton).toContainText('21 Nov 2025')
  })

  test('32: the zone is beside the range and can be changed', async ({ page }) => {
    const log = new Log(page)
    await log.open()
    await expect(page.getByText('Times in UTC')).toBeVisible()
    const picker = await log.openTime()
    await picker.field('Time zone').selectOption('Asia/Tokyo')
    await expect(picker.footer).toContainText('Tokyo (GMT+9)')
    await picker.apply()
    await expect(page.getByText('Times in Tokyo (GMT+9)')).toBeVisible()
    await expect(page).toHaveURL(/tz=Asia\/Tokyo/)
  })
})

test('24: the time range and the filters both hold', async ({ page, server }) => {
  const log = new Log(page)
  const day = new Date(server.startedAt - 3 * 86_400_000).toISOString().slice(0, 10)
  const range = {
    from: `${day}T00:00:00Z`,
    to: new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString(),
  }
  const filter = { match: 'all', criteria: [{ column: 'category', op: 'eq', value: 'Models' }] }
  const ask = async (more: object) =>
    (
      await server.api<{ count: number }>('POST', '/v1/accounts/acme/events/search', {
        ...more,
        count: true,
        limit: 1,
      })
    ).count
  const both = await ask({ ...range, filter })
  expect(both).toBeLessThan(await ask(range))
  await log.open({ t: `${day}..${day}`, f: 'category:eq:Models' })
  await log.expectCount(both)
})

test('32: another zone of the browser moves the times that are shown, never the instants', async ({
  page,
  server,
  browser,
  signedIn,
}) => {
  const log = new Log(page)
  await log.open({ t: 'all', f: 'action:eq:model.deploy' })
  const utc = await log.rows.first().getByRole('time').getAttribute('datetime')
  const shown = await log.rows.first().getByRole('time').textContent()
  const context = await browser.newContext({
    baseURL: server.url,
    storageState: signedIn,
    timezoneId: 'Asia/Tokyo',
  })
  const there = new Log(await context.newPage())
  await there.open({ t: 'all', f: 'action:eq:model.deploy' })
  const time = there.rows.first().getByRole('time')
  expect(await time.getAttribute('datetime')).toBe(utc)
  expect(await time.textContent()).not.toBe(shown)
  await expect(there.page.getByText('Times in Tokyo (GMT+9)')).toBeVisible()
  await context.close()
})

function labelOf(radio: Element): string {
  return (radio as HTMLInputElement).labels?.[0]?.textContent?.trim() ?? ''
}
