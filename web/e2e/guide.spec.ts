import { start } from './binary.mjs'
import { follow, picture, UPDATES } from './guide'
import { type FilterWindow, Log, type TimePicker } from './log'
import { SignIn } from './sign_in'
import { expect, test as seeded } from './test'

interface Demo {
  readonly url: string
  readonly email: string
  readonly password: string
}

/** The steps of the guide on the seeded server; its pictures show the demo, whose events tell a story. */
const test = seeded.extend<object, { demo: Demo | null }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      if (!UPDATES) return use(null)
      const args = ['demo', '--json', '--events', '5000', '--listen', '127.0.0.1:0']
      const { announced, stop } = await start(args)
      await use(announced as unknown as Demo)
      await stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ demo, server }, use) => use(demo?.url ?? server.url),
  storageState: async ({ demo, signedIn, browser }, use) => {
    if (demo === null) return use(signedIn)
    const context = await browser.newContext({ baseURL: demo.url })
    const page = await context.newPage()
    await page.goto('/ui/sign-in')
    await new SignIn(page).submit(demo.email, demo.password)
    await page.waitForURL('**/events**')
    const state = await context.storageState()
    await context.close()
    await use(state)
  },
})

test.use({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })

const HOME = '/ui/a/acme/events'

/** A label as the whole name of something. */
const exact = (name: string | undefined) => ({ name: String(name), exact: true }) as const

test('51: the guide: view the log', async ({ page }) => {
  const log = new Log(page)
  const rail = page.getByRole('navigation', { name: 'Main' })
  await follow('view-the-log', 'The log of the account', [
    () => page.goto('/ui/'),
    async ([group, link]) => {
      await rail.getByRole('region', exact(group)).getByRole('link', exact(link)).click()
      await expect(page.getByRole('heading', { level: 1, ...exact(link) })).toBeVisible()
    },
  ])
  await expect(log.rows.nth(5)).toBeVisible()
  await expect(log.timeButton).toContainText('Last 30 Days')
  await picture(page, 'audit-logs')
  await page.goto('/ui/a/acme/settings')
  await page
    .getByRole('region', { name: 'Monitoring' })
    .getByRole('link', exact('Audit Logs'))
    .last()
    .click()
  await expect(page).toHaveURL(/\/events/)
})

test('51: the guide: the log of one agent', async ({ page }) => {
  await page.goto(HOME)
  const rail = page.getByRole('navigation', { name: 'Main' })
  const main = page.getByRole('main')
  await follow('view-the-log', 'The log of one agent', [
    ([group, link]) =>
      rail.getByRole('region', exact(group)).getByRole('link', exact(link)).click(),
    () => main.getByRole('table').getByRole('link').first().click(),
    ([link]) => page.getByRole('link', exact(link)).click(),
  ])
  await expect(page.getByRole('heading', { level: 1, name: 'Audit logs' })).toBeVisible()
  await page.goto(`${page.url()}?t=all`)
  await expect(new Log(page).rows.first()).toBeVisible()
  await picture(page, 'agent-log')
})

test('51: the guide: choose the columns', async ({ page }) => {
  await page.goto(HOME)
  const choose = (set: RegExp) => async (labels: readonly string[]) => {
    const saved = page.waitForResponse(
      (one) => one.url().endsWith('/preferences') && one.request().method() === 'PUT',
    )
    await page.getByRole('group', exact(labels[0])).getByRole('radio', { name: set }).check()
    expect((await saved).ok()).toBe(true)
  }
  const toPreferences = async (labels: readonly string[]) => {
    await page.getByRole('button', { name: /^Signed in as/ }).click()
    await page.getByRole('menuitem', exact(labels[0])).click()
  }
  await follow('view-the-log', 'The columns', [toPreferences, choose(/^Activity/)])
  await page.goto(HOME)
  await expect(new Log(page).list.getByRole('columnheader')).toHaveText([
    'User',
    'Activity',
    'Time',
  ])
  await follow('view-the-log', 'The columns', [toPreferences, choose(/^As in the account/)])
})

test('51: the guide: filter', async ({ page }) => {
  const log = new Log(page)
  let window: FilterWindow | null = null
  const shown = () => {
    if (window === null) throw new Error('the window is not open')
    return window
  }
  const open = async ([button]: readonly string[]) => {
    await expect(log.filterButton).toContainText(String(button))
    window = await log.openFilter(0)
  }
  const fill = (number: number, column: string, operator: string, value: string) =>
    shown().fill(number, column, operator, value)
  await follow('filter', 'Add a filter', [
    () => log.open(),
    async (labels) => {
      await open(labels)
      await expect(page.getByRole('dialog', exact(labels[1]))).toBeVisible()
    },
    ([add]) => shown().button(String(add)).click(),
    async ([field, ...columns]) => {
      const select = page.getByRole('combobox', exact(field))
      const offered = await select.getByRole('option').allTextContents()
      expect(offered.slice(0, columns.length)).toEqual(columns)
      await select.selectOption({ label: 'Category' })
    },
    async ([field, equal, unequal]) => {
      const select = page.getByRole('combobox', exact(field))
      const offered = await select.getByRole('option').allTextContents()
      expect(offered.slice(0, 2)).toEqual([equal, unequal])
      await select.selectOption({ label: String(equal) })
    },
    async ([field]) => {
      await page.getByLabel(String(field)).click()
      await expect(shown().option('Roles')).toBeVisible()
      await picture(page, 'filter-by')
      await shown().option('Roles').click()
    },
    ([apply]) => shown().button(String(apply)).click(),
  ])
  await expect(log.filterButton).toHaveAccessibleName('Filter, 1 applied')
  await expect(log.row('Roles').first()).toBeVisible()

  await follow('filter', 'Use several filters', [
    open,
    ([, or]) => page.getByRole('tab', exact(or)).click(),
    () => fill(2, 'Category', 'Is Equal To', 'Models'),
    ([apply]) => shown().button(String(apply)).click(),
  ])
  await expect(log.filterButton).toHaveAccessibleName('Filter, 2 applied')
  await expect(log.row('Models').first()).toBeVisible()
  await picture(page, 'filter-applied')
  await page.getByRole('button', { name: 'Clear All' }).click()
  await expect(log.chips).toHaveCount(0)
})

test('51: the guide: choose a time', async ({ page }) => {
  const log = new Log(page)
  await log.open()
  let picker: TimePicker | null = null
  const shown = () => {
    if (picker === null) throw new Error('the picker is not open')
    return picker
  }
  const open = async () => {
    picker = await log.openTime()
  }
  const apply = ([button]: readonly string[]) => shown().button(String(button)).click()
  await follow('choose-a-time', 'Choose a preset', [
    open,
    async () => {
      await shown().preset('Last Month').check()
      await picture(page, 'time-range')
    },
    apply,
  ])
  await expect(log.timeButton).toContainText('Last Month')
  await follow('choose-a-time', 'Choose dates', [
    open,
    async ([month, year]) => {
      await shown().field(String(year)).selectOption('2025')
      await shown().field(String(month)).selectOption({ label: 'March' })
      await shown().button('Previous month').click()
    },
    async () => {
      await shown().day('Wednesday, 5 February 2025').click()
      await expect(shown().footer).toContainText('5 Feb 2025 – ')
    },
    () => shown().day('Monday, 10 February 2025').click(),
    async ([first, last]) => {
      await shown().field(String(first)).fill('09:00')
      await shown().field(String(last)).fill('17:30')
    },
    apply,
  ])
  await expect(log.timeButton).toContainText('5 Feb 2025, 09:00 – 10 Feb 2025, 17:30')
})

test('51: the guide: read an entry, and find its place in the log', async ({ page }) => {
  const log = new Log(page)
  await follow('read-an-entry', 'Read an entry', [
    () => page.goto(`${HOME}?t=all&f=action:eq:role.change`),
    () => log.rows.first().click(),
  ])
  for (const block of ['Changes', 'Who', 'What', 'Where', 'When', 'Metadata']) {
    await expect(log.panel.getByRole('region', exact(block))).toBeVisible()
  }
  await picture(page, 'entry')
  await follow('verify', 'The same values in the dashboard', [
    () => expect(log.panel).toBeVisible(),
    ([tab]) => log.panel.getByRole('tab', exact(tab)).click(),
    async () => {
      const json = log.panel.getByLabel('The event as JSON')
      const { integrity } = JSON.parse(String(await json.textContent()))
      expect(integrity.leaf_hash).toMatch(/^[0-9a-f]{64}$/)
      expect(Number.isInteger(integrity.index)).toBe(true)
      await json.getByText(integrity.leaf_hash).scrollIntoViewIfNeeded()
    },
    () => picture(page, 'integrity'),
  ])
})
