import { Log, seededRange } from './log'
import { expect, OWNER, test as ownServer } from './own_server'
import { SignIn } from './sign_in'
import { test } from './test'

test.describe('a stranger', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('34: signs in, comes to the page that was asked for, and signs out', async ({
    page,
    server,
  }) => {
    await page.goto('/ui/a/acme/events?t=7d&q=globex&t=week')
    await expect(page).toHaveURL(/\/ui\/sign-in\?next=/)
    const form = new SignIn(page)
    await form.submit(OWNER.email, server.password)
    await expect(page).toHaveURL(/\/ui\/a\/acme\/events\?.*q=globex/)
    await page.getByRole('button', { name: `Signed in as ${OWNER.name}` }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/ui\/sign-in/)
    await page.goto('/ui/a/acme/events')
    await expect(page).toHaveURL(/\/ui\/sign-in/)
  })

  test('a wrong password and an unknown e-mail are answered alike; the fields stay', async ({
    page,
    guard,
  }) => {
    guard.allow(/status of 401/)
    await page.goto('/ui/sign-in')
    const form = new SignIn(page)
    const said: (string | null)[] = []
    for (const email of [OWNER.email, 'nobody@acme.example']) {
      await form.submit(email, 'not the password')
      await expect(form.refusal).toBeVisible()
      said.push(await form.refusal.textContent())
      await expect(form.email).toHaveValue(email)
      await expect(form.password).toBeFocused()
    }
    expect(new Set(said)).toEqual(new Set(['The e-mail or the password is wrong.']))
  })

  test('an empty field is named before anything is sent', async ({ page }) => {
    await page.goto('/ui/sign-in')
    const form = new SignIn(page)
    await form.button.click()
    await expect(page.getByText('Enter your e-mail address.')).toBeVisible()
    await expect(form.email).toBeFocused()
    await form.email.fill(OWNER.email)
    await form.button.click()
    await expect(page.getByText('Enter your password.')).toBeVisible()
    await expect(form.password).toBeFocused()
  })

  test('on plain HTTP from elsewhere the page says why it refuses and the three ways out', async ({
    page,
  }) => {
    await page.route('**/v1/session', async (route) => {
      const response = await route.fetch()
      const json = { ...(await response.json()), sign_in: 'refused_plain_http' }
      await route.fulfill({ response, json })
    })
    await page.goto('/ui/sign-in')
    await expect(page.getByText('Signing in is switched off on this connection')).toBeVisible()
    for (const way of ['--tls-cert', 'trusted_proxies', '--allow-plain-http']) {
      await expect(page.getByRole('listitem').filter({ hasText: way })).toBeVisible()
    }
    await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0)
  })

  test('a session that ends leaves the page, and the same person goes on where he was', async ({
    page,
    server,
    guard,
  }) => {
    guard.allow(/status of 401/)
    await page.goto('/ui/sign-in')
    const form = new SignIn(page)
    await form.submit(OWNER.email, server.password)
    await page.waitForURL('**/events**')
    const log = new Log(page)
    await log.open({ t: seededRange(server) })
    const all = await log.count()
    await endSession(page)
    await log.facet('Category', 'Roles').click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await expect(dialog).toBeVisible()
    await expect(
      page.getByRole('heading', { name: 'Audit Logs', includeHidden: true }),
    ).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeVisible()
    await expect(dialog.getByLabel('E-mail')).toHaveValue(OWNER.email)
    await expect(dialog.getByLabel('E-mail')).not.toBeEditable()
    await dialog.getByLabel('Password', { exact: true }).fill(server.password)
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(log.chips).toHaveCount(1)
    await expect.poll(() => log.count()).toBeLessThan(all)
    await page.reload()
    await expect(log.rows.first()).toBeVisible()
  })
})

test('two minutes before the end the page warns, and one click stays', async ({ page }) => {
  let soon = true
  await page.route('**/v1/session', async (route) => {
    const response = await route.fetch()
    const json = await response.json()
    const expires_at = soon ? new Date(Date.now() + 60_000).toISOString() : json.expires_at
    await route.fulfill({ response, json: { ...json, expires_at } })
  })
  await page.goto('/ui/a/acme/events')
  const warning = page.getByRole('alert').filter({ hasText: 'signed out in two minutes' })
  await expect(warning).toBeVisible()
  soon = false
  await warning.getByRole('button', { name: 'Stay signed in' }).click()
  await expect(warning).toBeHidden()
})

ownServer.describe('against guessing', () => {
  ownServer(
    'the fifth failure in a row is made to wait, and the page counts down',
    async ({ page, guard }) => {
      guard.allow(/status of (401|429)/)
      await page.goto('/ui/sign-in')
      const form = new SignIn(page)
      const waiting = page.getByRole('button', { name: /^Try again in \d+ s$/ })
      for (let attempt = 0; attempt < 8 && !(await waiting.isVisible()); attempt += 1) {
        await form.submit(OWNER.email, `wrong ${attempt}`)
        await expect(form.refusal.or(waiting).first()).toBeVisible()
        await expect(form.button.or(waiting)).toBeVisible()
      }
      await expect(waiting).toBeDisabled()
      await expect(
        page.getByText(/^Too many attempts\. You can try again in \d+ seconds?\.$/),
      ).toBeVisible()
    },
  )
})

/** Ends the session of the page on the server, as an idle night would. */
async function endSession(page: import('@playwright/test').Page): Promise<void> {
  const cookies = await page.context().cookies()
  const { csrf } = await (await page.request.get('/v1/session')).json()
  const answer = await page.request.delete('/v1/session', {
    headers: { 'X-Annals-CSRF': csrf, 'Sec-Fetch-Site': 'same-origin' },
  })
  expect(answer.status()).toBe(204)
  // The browser still sends what the server has forgotten.
  await page.context().addCookies(cookies)
}
