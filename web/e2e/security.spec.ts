import type { Page } from '@playwright/test'
import { Log } from './log'
import { expect, OWNER, test } from './own_server'
import { act, join, PASSWORD, signedInAs } from './people'
import { ACME } from './server'
import { SignIn } from './sign_in'
import { STEP_MS, totp } from './totp'

const SECURITY = `/ui/a/${ACME.id}/security`
const FRESH = 'nine copper kettles by the sea'

/** Turns the second factor on as the person would, and gives its secret and the recovery codes. */
async function turnOn(page: Page, password: string): Promise<{ secret: string; codes: string[] }> {
  await page.goto(SECURITY)
  await page.getByRole('button', { name: 'Set up second factor' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up second factor' })
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog.getByRole('img', { name: /^QR code/ })).toBeVisible()
  const secret = String(await dialog.getByText(/^([A-Z2-7]{1,4} ?)+$/).textContent())
  await dialog.getByLabel('Code of the app').fill(totp(secret))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  const shown = page.getByRole('dialog', { name: 'The second factor is on' })
  const block = shown.getByRole('figure').filter({ hasText: 'Recovery codes' })
  const codes = (await block.locator('code').innerText()).trim().split(/\s*\n\s*/)
  expect(codes).toHaveLength(10)
  await page.keyboard.press('Escape')
  await expect(shown).toBeVisible()
  await shown.getByRole('button', { name: 'I saved them' }).click()
  await expect(shown).toBeHidden()
  return { secret, codes }
}

test('a second factor is set up, asked for, replaced by a recovery code, and turned off', async ({
  page,
  own,
  guard,
}) => {
  guard.allow(/status of 40[13]/)
  await page.goto('/ui/sign-in')
  const form = new SignIn(page)
  await form.submit(OWNER.email, own.password)
  await page.waitForURL('**/events**')
  const { secret, codes } = await turnOn(page, own.password)
  await expect(page.getByText('10 recovery codes left')).toBeVisible()

  await page.context().clearCookies()
  await page.goto('/ui/sign-in')
  await form.submit(OWNER.email, own.password)
  const code = page.getByLabel('Code', { exact: true })
  await expect(code).toBeFocused()
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code')
  await page.getByRole('button', { name: 'Back to the password' }).click()
  await expect(form.email).toHaveValue(OWNER.email)
  await form.submit(OWNER.email, own.password)
  await code.fill('000000')
  await form.button.click()
  await expect(page.getByText('The code is wrong or was used already.')).toBeVisible()
  // The code of the step in which it was turned on is used up.
  await code.fill(totp(secret, Date.now() + STEP_MS))
  await form.button.click()
  await page.waitForURL('**/events**')

  await page.context().clearCookies()
  await page.goto('/ui/sign-in')
  await form.submit(OWNER.email, own.password)
  await code.fill(String(codes[0]))
  await form.button.click()
  await page.waitForURL('**/events**')
  await page.goto(SECURITY)
  await expect(page.getByText('9 recovery codes left')).toBeVisible()

  await page.getByRole('button', { name: 'Turn off second factor' }).click()
  const off = page.getByRole('dialog', { name: 'Turn off the second factor?' })
  await off.getByLabel('Password', { exact: true }).fill(own.password)
  await off.getByLabel('Code', { exact: true }).fill(String(codes[1]))
  await off.getByRole('button', { name: 'Turn off second factor' }).click()
  await expect(off).toBeHidden()
  await expect(page.getByRole('button', { name: 'Set up second factor' })).toBeVisible()

  const log = new Log(page)
  await log.open({
    t: 'today',
    f: 'action:in:audit_log.second_factor_on,audit_log.second_factor_off',
  })
  await expect(log.row(OWNER.name)).toHaveCount(2)
})

test('recovery codes are saved as a file, and new ones end the old', async ({ page, own }) => {
  await page.goto('/ui/sign-in')
  await new SignIn(page).submit(OWNER.email, own.password)
  await page.waitForURL('**/events**')
  const { codes } = await turnOn(page, own.password)
  await page.getByRole('button', { name: 'New recovery codes' }).click()
  const ask = page.getByRole('dialog', { name: 'New recovery codes' })
  await ask.getByLabel('Code', { exact: true }).fill(String(codes[0]))
  await ask.getByRole('button', { name: 'Make new codes' }).click()
  const shown = page.getByRole('dialog', { name: 'Your new recovery codes' })
  const saved = page.waitForEvent('download')
  await shown.getByRole('button', { name: 'Download' }).click()
  expect((await saved).suggestedFilename()).toBe('annals-recovery-codes.txt')
  await expect(shown).not.toContainText(String(codes[1]))
  await page.keyboard.press('Escape')
  await expect(shown).toBeHidden()
})

test('sessions are listed in plain words; one is ended, then all others', async ({
  page,
  own,
  browser,
}) => {
  const there = await signedInAs(browser, own, { ...OWNER, password: own.password })
  const third = await signedInAs(browser, own, { ...OWNER, password: own.password })
  await page.goto('/ui/sign-in')
  await new SignIn(page).submit(OWNER.email, own.password)
  await page.waitForURL('**/events**')
  await page.goto(SECURITY)
  const section = page.getByRole('listitem').filter({ hasText: 'Chrome on Linux' })
  await expect(section).toHaveCount(3)
  await expect(section.first()).toContainText('This browser')
  await section.nth(1).getByRole('button', { name: 'End Chrome on Linux' }).click()
  await expect(section).toHaveCount(2)
  await page.getByRole('button', { name: 'End the other session' }).click()
  const ask = page.getByRole('dialog', { name: 'End the other session?' })
  await ask.getByRole('button', { name: 'End the other session' }).click()
  await expect(section).toHaveCount(1)
  for (const { page: other, context } of [there, third]) {
    const session = await (await other.request.get('/v1/session')).json()
    expect(session.signed_in).toBe(false)
    await context.close()
  }
})

test('the password is changed with the present one, and other sessions end', async ({
  page,
  own,
  browser,
  guard,
}) => {
  guard.allow(/status of 40[13]/)
  const there = await signedInAs(browser, own, { ...OWNER, password: own.password })
  await page.goto('/ui/sign-in')
  const form = new SignIn(page)
  await form.submit(OWNER.email, own.password)
  await page.waitForURL('**/events**')
  await page.goto(SECURITY)
  await page.getByRole('button', { name: 'Change password' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change password' })
  await dialog.getByLabel('Current password').fill('not my password')
  await dialog.getByLabel('New password').fill(FRESH)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await expect(dialog.getByText('This is not your password.')).toBeVisible()
  await expect(dialog.getByLabel('Current password')).toBeFocused()
  await dialog.getByLabel('Current password').fill(own.password)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  const session = await (await there.page.request.get('/v1/session')).json()
  expect(session.signed_in).toBe(false)
  await there.context.close()
  await page.context().clearCookies()
  await page.goto('/ui/sign-in')
  await form.submit(OWNER.email, own.password)
  await expect(form.refusal).toBeVisible()
  await form.submit(OWNER.email, FRESH)
  await page.waitForURL('**/events**')
})

test('an admin makes a reset link; it sets a new password once', async ({
  page,
  own,
  browser,
  guard,
}) => {
  guard.allow(/status of 40[14]/)
  const tom = await join(own, 'Tom Park', 'auditor')
  await page.goto('/ui/sign-in')
  await new SignIn(page).submit(OWNER.email, own.password)
  await page.waitForURL('**/events**')
  await page.goto(`/ui/a/${ACME.id}/members`)
  await act(page, tom.name, 'Create reset link…')
  const ask = page.getByRole('dialog', { name: `New password for ${tom.name}` })
  await ask.getByRole('button', { name: 'Create reset link' }).click()
  const once = page.getByRole('dialog', { name: `Reset link for ${tom.name}` })
  const link = String(await once.getByText(/\/ui\/reset#code=/).textContent())

  const elsewhere = await browser.newContext({ baseURL: own.url })
  const other = await elsewhere.newPage()
  await other.goto(link)
  await expect(other.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
  expect(other.url()).not.toContain('code')
  await other.getByLabel('New password').fill('short')
  await other.getByRole('button', { name: 'Save new password' }).click()
  await expect(other.getByLabel('New password')).toBeFocused()
  await other.getByLabel('New password').fill(FRESH)
  await other.getByRole('button', { name: 'Save new password' }).click()
  await expect(other.getByRole('heading', { name: 'Your password is changed' })).toBeVisible()
  await other.getByRole('button', { name: 'Go to the sign-in' }).click()
  const form = new SignIn(other)
  await form.submit(tom.email, PASSWORD)
  await expect(form.refusal).toBeVisible()
  await form.submit(tom.email, FRESH)
  await other.waitForURL('**/events**')
  await other.goto('about:blank')
  await other.goto(link)
  await expect(other.getByText('This link does not work anymore')).toBeVisible()
  await elsewhere.close()
})
