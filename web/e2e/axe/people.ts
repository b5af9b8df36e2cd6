import { expect, type Page } from '@playwright/test'
import type { Scene } from './scenes'

const A = '/ui/a/acme'

/** Another member, as the API tells it: the seeded account has its owner only. */
const TOM = {
  id: 'usr_tom',
  account: 'acme',
  name: 'Tom Park',
  email: 'tom@acme.example',
  role: 'auditor',
  role_name: 'Auditor',
  resources: [{ type: 'agent', id: 'agt_1' }],
  operator: false,
  created_at: '2026-01-05T09:00:00Z',
  expires_at: '2099-01-05T09:00:00Z',
  last_seen_at: null,
  second_factor: true,
  has_password: true,
}

const INVITATION = {
  id: 'inv_1',
  email: 'nora@acme.example',
  role: 'developer',
  role_name: 'Developer',
  resources: null,
  invited_by: { id: 'usr_1', name: 'Alma Berg' },
  created_at: '2026-01-05T09:00:00Z',
  expires_at: '2099-01-05T09:00:00Z',
}

const PROBLEM = { type: 'about:blank', title: 'Refused', detail: '', request_id: 'req_1' }

/** Answers a path of the API by itself. */
async function answer(page: Page, path: string, json: unknown, status = 200): Promise<void> {
  await page.route(`**${path}`, (route) => route.fulfill({ status, json }))
}

/** The list with one more person and one invitation. */
async function openMembers(page: Page): Promise<void> {
  await page.route('**/v1/accounts/acme/members', async (route) => {
    const response = await route.fetch()
    const { members } = await response.json()
    await route.fulfill({ response, json: { members: [...members, TOM] } })
  })
  await answer(page, '/v1/accounts/acme/invitations', { invitations: [INVITATION] })
  await page.goto(`${A}/members`)
  await expect(page.getByRole('table', { name: 'Pending invitations' })).toBeVisible()
}

async function actOnTom(page: Page, entry: string): Promise<void> {
  await openMembers(page)
  await page.getByRole('button', { name: 'Actions for Tom Park' }).click()
  await page.getByRole('menuitem', { name: entry }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

/** What the person may do is what the session says. */
async function withPermissions(page: Page, permissions: readonly string[]): Promise<void> {
  await page.route('**/v1/session', async (route) => {
    const response = await route.fetch()
    const session = await response.json()
    const accounts = session.accounts.map((one: object) => ({ ...one, permissions }))
    await route.fulfill({ response, json: { ...session, accounts } })
  })
}

async function openSecurity(page: Page): Promise<void> {
  await page.goto(`${A}/security`)
  await expect(page.getByText('This browser')).toBeVisible()
}

async function setUpFactor(page: Page): Promise<void> {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const uri = `otpauth://totp/Annals:alma%40acme.example?secret=${secret}&issuer=Annals`
  await page.route('**/v1/session/second_factor', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ json: { secret, uri } })
      : route.continue(),
  )
  await openSecurity(page)
  await page.getByRole('button', { name: 'Set up second factor' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Password', { exact: true }).fill('any')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog.getByRole('img', { name: /^QR code/ })).toBeVisible()
}

const scene = (
  screen: string,
  kind: Scene['kind'],
  name: string,
  show: Scene['show'],
  stranger = false,
): Scene => ({ screen, kind, name, show, ...(stranger && { stranger }) })

const SIGNED_IN: readonly Scene[] = [
  scene('members', 'filled', 'with another', openMembers),
  scene('members', 'dialog', 'invite', async (page) => {
    await openMembers(page)
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.getByLabel('Only some resources').check()
    await page.getByRole('button', { name: 'Create invitation' }).click()
    await expect(page.getByText('Add at least one resource.')).toBeVisible()
  }),
  scene('members', 'dialog', 'role', async (page) => {
    await actOnTom(page, 'Change role…')
    await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Developer' })
    await expect(page.getByText('Tom Park gains')).toBeVisible()
  }),
  scene('members', 'dialog', 'remove', (page) => actOnTom(page, 'Remove from account…')),
  scene('members', 'dialog', 'reset', async (page) => {
    const link = {
      link: 'https://audit.example/ui/reset#code=x',
      expires_at: INVITATION.expires_at,
    }
    await answer(page, '/reset_link', link)
    await actOnTom(page, 'Create reset link…')
    await page.getByRole('button', { name: 'Create reset link' }).click()
    await expect(page.getByRole('button', { name: 'I kept it' })).toBeVisible()
  }),
  scene('roles', 'dialog', 'new', async (page) => {
    await page.goto(`${A}/members/roles`)
    await page.getByRole('button', { name: 'New role' }).click()
    await page.getByRole('checkbox', { name: /^Read the log/ }).check()
    await page.getByRole('button', { name: 'Create role' }).click()
    await expect(page.getByText('Give the role a name.')).toBeVisible()
  }),
  scene('security', 'filled', 'filled', openSecurity),
  scene('security', 'loading', 'loading', async (page) => {
    await page.route(/\/v1\/(sessions|session\/second_factor)$/, () => undefined)
    await page.goto(`${A}/security`)
    await expect(page.getByRole('heading', { name: 'Sessions' })).toBeVisible()
    await page.waitForTimeout(500)
  }),
  scene('security', 'error', 'error', async (page) => {
    await answer(page, '/v1/sessions', { ...PROBLEM, status: 500, code: 'internal' }, 500)
    await page.goto(`${A}/security`)
    await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible({ timeout: 15_000 })
  }),
  scene('security', 'dialog', 'second factor', setUpFactor),
  scene('security', 'dialog', 'recovery codes', async (page) => {
    const recovery_codes = Array.from({ length: 10 }, (_, at) => `abcd-efgh-${at}`)
    await answer(page, '/v1/session/second_factor/confirm', { recovery_codes })
    await setUpFactor(page)
    await page.getByLabel('Code of the app').fill('123456')
    await page.getByRole('button', { name: 'Turn on' }).click()
    await expect(page.getByRole('button', { name: 'I saved them' })).toBeVisible()
  }),
  scene('no access', 'empty', 'member', async (page) => {
    await withPermissions(page, [])
    await page.goto(`${A}/events`)
    await expect(page.getByText(/^You have no access to the audit log/).last()).toBeVisible()
  }),
  scene('no access', 'empty', 'developer', async (page) => {
    await withPermissions(page, ['keys:write'])
    await page.goto(`${A}/events`)
    await expect(page.getByText(/^You have no access to the audit log/).last()).toBeVisible()
  }),
]

const READ = {
  account: { id: 'acme', name: 'Acme Inc.' },
  email: 'nora@acme.example',
  role: { id: 'auditor', name: 'Auditor' },
  invited_by: 'Alma Berg',
  expires_at: INVITATION.expires_at,
  known: false,
}

const OF_STRANGERS: readonly Scene[] = [
  scene(
    'sign-in',
    'dialog',
    'code',
    async (page) => {
      const refusal = { ...PROBLEM, status: 401, code: 'second_factor_needed' }
      await page.route('**/v1/session', (route) =>
        route.request().method() === 'POST'
          ? route.fulfill({ status: 401, json: refusal })
          : route.continue(),
      )
      await page.goto('/ui/sign-in')
      await page.getByLabel('E-mail').fill('nora@acme.example')
      await page.getByLabel('Password', { exact: true }).fill('any')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
    },
    true,
  ),
  scene(
    'sign-in',
    'error',
    'company',
    async (page) => {
      const ways = { providers: [{ id: 'okta', name: 'Okta' }], password: true }
      await page.route('**/v1/session/providers**', (route) => route.fulfill({ json: ways }))
      await page.goto('/ui/sign-in?problem=sign_in_lost&request=req_1')
      await expect(page.getByRole('link', { name: 'Continue with Okta' })).toBeVisible()
    },
    true,
  ),
  scene(
    'links',
    'filled',
    'invitation',
    async (page) => {
      await answer(page, '/v1/invitations/read', READ)
      await page.goto('/ui/invitation#code=x')
      await page.getByRole('button', { name: 'Join Acme Inc.' }).click()
      await expect(page.getByText('Enter your name.')).toBeVisible()
    },
    true,
  ),
  scene(
    'links',
    'filled',
    'reset',
    async (page) => {
      await answer(page, '/v1/password_resets/read', READ)
      await page.goto('/ui/reset#code=x')
      await expect(page.getByLabel('New password')).toBeVisible()
    },
    true,
  ),
  scene(
    'links',
    'error',
    'dead',
    async (page) => {
      const refusal = { ...PROBLEM, status: 404, code: 'link_invalid' }
      await answer(page, '/v1/session/portal', refusal, 404)
      await page.goto('/ui/portal#code=x')
      await expect(page.getByText('This link does not work anymore')).toBeVisible()
    },
    true,
  ),
]

/** The screens about people, in every state. */
export const PEOPLE_SCENES: readonly Scene[] = [...SIGNED_IN, ...OF_STRANGERS]
