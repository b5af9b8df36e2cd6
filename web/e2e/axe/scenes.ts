import { expect, type Page } from '@playwright/test'
import { Log } from '../log'
import { AGENT_A } from '../seed/stories'
import { PEOPLE_SCENES } from './people'

/** What a screen is doing while it is looked at. */
export type Kind = 'filled' | 'loading' | 'empty' | 'error' | 'dialog'

/** One screen in one state. */
export interface Scene {
  readonly screen: string
  readonly kind: Kind
  /** Tells scenes of the same screen and kind apart. */
  readonly name: string
  /** Whether somebody is signed in; yes when absent. */
  readonly stranger?: boolean
  readonly show: (page: Page) => Promise<void>
}

const A = '/ui/a/acme'

function heading(page: Page): Promise<void> {
  return expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
}

/** Screens with an address: what fills them, what empties them, and what of the API they wait for. */
const SCREENS = [
  { screen: 'log', path: '/events', empty: '/events?t=2019-01-01..2019-01-31', api: '/events/' },
  {
    screen: 'log of a resource',
    path: `/resources/agent/${AGENT_A.id}/log`,
    empty: `/resources/agent/${AGENT_A.id}/log?q=xyzzy`,
    api: '/events/',
  },
  { screen: 'activity', path: '/activity/usr_1', empty: null, api: null },
  { screen: 'types', path: '/resources', empty: null, api: '/resources' },
  {
    screen: 'resources',
    path: '/resources/agent',
    empty: '/resources/agent?q=xyzzy',
    api: '/resources/agent',
  },
  {
    screen: 'overview',
    path: `/resources/agent/${AGENT_A.id}`,
    empty: '/resources/agent/agt_nobody',
    api: '/resources/agent',
  },
  { screen: 'catalogue', path: '/catalogue', empty: '/catalogue?q=xyzzy', api: '/catalog' },
  {
    screen: 'event',
    path: '/catalogue/model.deploy',
    empty: '/catalogue/no.such',
    api: '/catalog',
  },
  { screen: 'keys', path: '/keys', empty: '../../zeta/keys', api: '/keys' },
  { screen: 'members', path: '/members', empty: null, api: '/members' },
  { screen: 'roles', path: '/members/roles', empty: null, api: '/roles' },
  { screen: 'settings', path: '/settings', empty: null, api: '/settings' },
  { screen: 'preferences', path: '/preferences', empty: null, api: '/preferences' },
  { screen: 'missing', path: '/nowhere', empty: null, api: null },
] as const

/** What the server answers when something in it is broken. */
const BROKEN = {
  status: 500,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    code: 'internal',
    detail: 'the index cannot be read',
    request_id: 'req_1',
  }),
}

const TOOLS: readonly (readonly [name: string, act: (page: Page) => Promise<void>])[] = [
  [
    'Filter By',
    async (page) => {
      const window = await new Log(page).openFilter()
      await window.row(1).column.selectOption({ label: 'Category' })
      await window.row(1).operator.selectOption({ label: 'Is Equal To' })
      await window.row(1).value.click()
      await expect(page.getByRole('listbox', { name: 'Existing values' })).toBeVisible()
    },
  ],
  ['time', async (page) => void (await new Log(page).openTime())],
  ['details', (page) => openDetails(page, 'model.deploy')],
  ['changes', (page) => openDetails(page, 'setting.change')],
  [
    'around',
    async (page) => {
      await openDetails(page, 'role.create')
      await page.getByRole('tab', { name: 'Around this event' }).click()
      await expect(page.getByText('This event', { exact: true })).toBeVisible()
    },
  ],
  ['value menu', openValueMenu],
  ['views', (page) => press(page, /^Views$/, 'menu')],
  ['columns', (page) => press(page, /^Columns$/, 'dialog')],
  ['quick filters', openActions],
  ['chart table', (page) => press(page, /^Show as table$/, 'table')],
  ['palette', (page) => byKey(page, 'Control+k')],
  ['shortcuts', (page) => byKey(page, '?')],
]

async function openDetails(page: Page, action: string): Promise<void> {
  const log = new Log(page)
  await page.goto(`${A}/events?t=90d&f=action:eq:${action}`)
  await log.rows.first().click()
  await expect(log.panel.getByRole('region', { name: 'When' })).toBeVisible()
}

async function openValueMenu(page: Page): Promise<void> {
  await openDetails(page, 'model.deploy')
  await new Log(page).panel.getByRole('button', { name: 'usr_1' }).first().click()
  await expect(page.getByRole('menu')).toBeVisible()
}

async function openActions(page: Page): Promise<void> {
  const toggle = page.getByRole('button', { name: 'Quick filters' })
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
  await page.getByRole('button', { name: /^Actions/ }).click()
  await expect(page.getByRole('checkbox').first()).toBeVisible()
}

async function press(
  page: Page,
  button: RegExp,
  shows: 'menu' | 'dialog' | 'table',
): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByRole(shows).last()).toBeVisible()
}

async function byKey(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key)
  await expect(page.getByRole('dialog')).toBeVisible()
}

/** Dialogs of other screens than the log. */
const DIALOGS: readonly Scene[] = [
  dialog('keys', 'create', `${A}/keys`, async (page) => {
    await page.getByRole('button', { name: 'Create key' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click()
    await expect(page.getByText('Give the key a name.')).toBeVisible()
  }),
  dialog('settings', 'leave', `${A}/settings`, async (page) => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Other')
    const rail = page.getByRole('button', { name: 'Open navigation' })
    if (await rail.isVisible()) await rail.click()
    await page.getByRole('link', { name: 'Event catalogue' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  }),
  dialog('catalogue', 'person', `${A}/catalogue`, async (page) => {
    const rail = page.getByRole('button', { name: 'Open navigation' })
    if (await rail.isVisible()) await rail.click()
    await page.getByRole('button', { name: /Alma Berg/ }).click()
    await expect(page.getByRole('menu')).toBeVisible()
  }),
  dialog('types', 'accounts', `${A}/resources`, async (page) => {
    const rail = page.getByRole('button', { name: 'Open navigation' })
    if (await rail.isVisible()) await rail.click()
    await page.getByRole('button', { name: /Acme Inc\./ }).click()
    await expect(page.getByRole('menu')).toBeVisible()
  }),
]

function dialog(screen: string, name: string, path: string, act: Scene['show']): Scene {
  const show = async (page: Page) => {
    await page.goto(`${A}/events`)
    await heading(page)
    await page.goto(path)
    await heading(page)
    await act(page)
  }
  return { screen, kind: 'dialog', name, show }
}

const OF_SCREENS: readonly Scene[] = SCREENS.flatMap(({ screen, path, empty, api }) => {
  const open = async (page: Page, to: string) => {
    await page.goto(to.startsWith('../../') ? `/ui/a/${to.slice(6)}` : `${A}${to}`)
    await heading(page)
  }
  const scenes: Scene[] = [
    {
      screen,
      kind: 'filled',
      name: 'filled',
      show: async (page) => {
        await open(page, path)
        await page.waitForLoadState('networkidle')
      },
    },
  ]
  if (empty !== null) {
    const show = async (page: Page) => {
      await open(page, empty)
      await page.waitForLoadState('networkidle')
    }
    scenes.push({ screen, kind: 'empty', name: 'empty', show })
  }
  if (api !== null) {
    const routed = (url: URL) =>
      url.pathname.startsWith('/v1/accounts/acme') && url.pathname.includes(api)
    scenes.push({
      screen,
      kind: 'loading',
      name: 'loading',
      show: async (page) => {
        await page.route(routed, () => undefined)
        await page.goto(`${A}${path}`)
        await expect(page.getByRole('main')).toBeVisible()
        // Skeletons come after a moment, so that quick answers do not flicker.
        await page.waitForTimeout(500)
      },
    })
    scenes.push({
      screen,
      kind: 'error',
      name: 'error',
      show: async (page) => {
        await page.route(routed, (route) => route.fulfill(BROKEN))
        await page.goto(`${A}${path}`)
        await expect(page.getByRole('button', { name: 'Retry' }).first()).toBeVisible({
          timeout: 15_000,
        })
      },
    })
  }
  return scenes
})

/** Every scene in which the dashboard must have no flaw that axe knows. */
export const SCENES: readonly Scene[] = [
  ...OF_SCREENS,
  ...TOOLS.map(
    ([name, act]): Scene => ({
      screen: 'log',
      kind: 'dialog',
      name,
      show: async (page) => {
        await page.goto(`${A}/events?t=90d&f=category:ne:Roles`)
        await expect(new Log(page).rows.first()).toBeVisible()
        await act(page)
      },
    }),
  ),
  ...DIALOGS,
  ...PEOPLE_SCENES,
  {
    screen: 'sign-in',
    kind: 'filled',
    name: 'filled',
    stranger: true,
    show: async (page) => {
      await page.goto('/ui/sign-in')
      await expect(page.getByLabel('E-mail')).toBeVisible()
    },
  },
  {
    screen: 'sign-in',
    kind: 'error',
    name: 'refused',
    stranger: true,
    show: async (page) => {
      await page.goto('/ui/sign-in')
      await page.getByLabel('E-mail').fill('nobody@acme.example')
      await page.getByLabel('Password', { exact: true }).fill('wrong')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      // The full set of looks is refused so often that the server makes it wait.
      const refused = page.getByText('The e-mail or the password is wrong.')
      await expect(refused.or(page.getByText(/^Too many attempts/)).first()).toBeVisible()
    },
  },
  {
    screen: 'sign-in',
    kind: 'dialog',
    name: 'session ended',
    show: async (page) => {
      await page.goto(`${A}/events`)
      await heading(page)
      await page.route('**/v1/accounts/acme/**', (route) =>
        route.fulfill({ ...BROKEN, status: 401 }),
      )
      await new Log(page).rows.first().click()
      await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible()
    },
  },
]
