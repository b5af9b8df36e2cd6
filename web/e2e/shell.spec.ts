import { Log } from './log'
import { LILY } from './seed/people'
import { expect, test } from './test'

test('the command palette finds places, people and texts by keyboard', async ({ page }) => {
  await page.goto('/ui/a/acme/keys')
  await expect(page.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible()
  const open = async (text: string) => {
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Search places, people and events' })
    await expect(field).toBeFocused()
    await field.fill(text)
    return page.getByRole('listbox', { name: 'Results' })
  }
  const places = await open('settings audit')
  await expect(
    places.getByRole('option', { name: /Settings › Monitoring › Audit Logs/ }),
  ).toBeVisible()
  await expect(places.getByRole('option', { name: /Settings › Audit Logs/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/a\/acme\/events/)
  const people = await open('lily')
  await expect(people.getByRole('option', { name: new RegExp(`^${LILY.name}`) })).toBeVisible()
  await people.getByRole('option', { name: new RegExp(`^${LILY.name}`) }).click()
  await expect(page.getByRole('heading', { name: `Activity of ${LILY.name}` })).toBeVisible()
  const texts = await open('globex')
  await expect(texts.getByRole('option', { name: 'Search events for “globex”' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=globex/)
})

test('? lists every key of the screen, and each key in it works', async ({ page }) => {
  const log = new Log(page)
  await log.open()
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  for (const label of [
    'Next event',
    'Open or close the event',
    'Live on or off',
    'Command palette',
  ]) {
    await expect(list.getByRole('term').filter({ hasText: label })).toBeVisible()
  }
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await page.keyboard.press('u')
  await expect(page.getByText('Times in UTC')).toBeVisible()
  await page.keyboard.press('/')
  await expect(log.search).toBeFocused()
  await page.keyboard.type('jk?')
  await expect(log.search).toHaveValue('jk?')
  await expect(list).toBeHidden()
  await page.keyboard.press('Escape')
  for (const [keys, heading] of [
    ['gr', 'Resources'],
    ['gc', 'Event catalogue'],
    ['ga', 'Audit Logs'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  }
})

test('the theme is chosen in the menu of the person and stays', async ({ page }) => {
  await page.goto('/ui/a/acme/catalogue')
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: /^Signed in as/ }).click()
    await page.getByRole('menuitemradio', { name }).click()
  }
  await choose('Light')
  const light = await back()
  await choose('Dark')
  await expect.poll(back).not.toBe(light)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await back()).not.toBe(light)
  await choose('System')
})

test('on a small screen the navigation opens over the page, and a link closes it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/ui/a/acme/events')
  const rail = page.getByRole('navigation', { name: 'Main' })
  await expect(rail).toBeHidden()
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await rail.getByRole('link', { name: 'Event catalogue' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Event catalogue' })).toBeVisible()
  await expect(rail).toBeHidden()
  const overflows = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  expect(overflows).toBe(false)
})

test('the skip link is the first stop and leads to the content', async ({ page }) => {
  await page.goto('/ui/a/acme/events')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('51: every screen has Learn more, and the guide behind it is served by this binary', async ({
  page,
}) => {
  const screens = ['events', 'resources', 'resources/agent', 'resources/agent/agt_a']
  const more = ['resources/agent/agt_a/log', 'activity/usr_1', 'catalogue', 'catalogue/user.login']
  const forms = ['keys', 'settings', 'preferences']
  const addresses = new Set<string>()
  for (const screen of [...screens, ...more, ...forms]) {
    await page.goto(`/ui/a/acme/${screen}`)
    const link = page.getByRole('link', { name: /^Learn more/ }).first()
    await expect(link, screen).toBeVisible()
    addresses.add(String(await link.getAttribute('href')))
  }
  for (const address of addresses) {
    expect(address).toMatch(/^\/docs\/guide\//)
    const answer = await page.request.get(address)
    expect(answer.status(), address).toBe(200)
    expect(answer.headers()['content-type'], address).toContain('text/html')
  }
})
