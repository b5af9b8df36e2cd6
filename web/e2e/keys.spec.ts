import { QUIET } from './server'
import { expect, test } from './test'

test('41: a key is made, shown once, works, and is refused once it is revoked', async ({
  page,
  server,
}) => {
  await page.goto(`/ui/a/${QUIET.id}/keys`)
  await page.getByRole('button', { name: 'Create key' }).first().click()
  const form = page.getByRole('dialog', { name: 'Create an API key' })
  await form.getByRole('button', { name: 'Create key' }).click()
  await expect(form.getByText('Give the key a name.')).toBeVisible()
  await form.getByRole('textbox', { name: 'Name' }).fill('Billing service')
  for (const box of await form.getByRole('checkbox', { checked: true }).all()) await box.uncheck()
  await form.getByRole('button', { name: 'Create key' }).click()
  await expect(form.getByRole('alert')).toContainText('Choose at least one permission.')
  await form.getByRole('checkbox', { name: /^Record events/ }).check()
  await form.getByRole('button', { name: 'Create key' }).click()

  const secret = page.getByRole('dialog', { name: 'Billing service is ready' })
  const token = String(await secret.getByText(/^ann_\w+$/).textContent())
  await page.keyboard.press('Escape')
  await expect(secret).toBeVisible()
  await secret.getByRole('button', { name: 'I saved it' }).click()
  await expect(secret).toBeHidden()
  expect(await page.getByRole('main').textContent()).not.toContain(token)

  const path = `/v1/accounts/${QUIET.id}/events`
  const event = { action: 'invoice.pay', actor: { type: 'user', id: 'usr_1', name: 'Lily Ari' } }
  expect((await server.ask('POST', path, event, token)).status).toBe(201)
  expect((await server.ask('GET', path, undefined, token)).status).toBe(403)

  const row = page.getByRole('row').filter({ hasText: 'Billing service' })
  await expect(row).toContainText('Active')
  await expect(row).toContainText('Alma Berg')
  await row.getByRole('button', { name: 'Revoke Billing service' }).click()
  const ask = page.getByRole('dialog', { name: 'Revoke Billing service?' })
  await expect(ask.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await ask.getByRole('button', { name: 'Revoke Billing service' }).click()
  await expect(row).toContainText('Revoked')
  await expect(row.getByRole('button', { name: /^Revoke/ })).toHaveCount(0)
  expect((await server.ask('POST', path, event, token)).status).toBe(401)
})

test('copying the secret lets the dialog go by Esc; the keys are on record', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`/ui/a/${QUIET.id}/keys`)
  await page.getByRole('button', { name: 'Create key' }).first().click()
  const form = page.getByRole('dialog', { name: 'Create an API key' })
  await form.getByRole('textbox', { name: 'Name' }).fill('Copied')
  await form.getByRole('checkbox', { name: /^Record events/ }).check()
  await form.getByLabel('Expires').selectOption({ label: 'In 30 days' })
  await form.getByRole('button', { name: 'Create key' }).click()
  const secret = page.getByRole('dialog', { name: 'Copied is ready' })
  await secret.getByRole('button', { name: 'Copy API key' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^ann_\w+$/)
  await page.keyboard.press('Escape')
  await expect(secret).toBeHidden()
  await page.goto(`/ui/a/${QUIET.id}/events?q=Copied&t=today`)
  await expect(page.getByRole('row').filter({ hasText: 'Alma Berg' }).first()).toBeVisible()
})
