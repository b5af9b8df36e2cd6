import { QUIET } from './server'
import { expect, test } from './test'

test('a key that is confined to a network is made, edited and rotated without a gap', async ({
  page,
  server,
  guard,
}) => {
  guard.allow(/status of 400/)
  await page.goto(`/ui/a/${QUIET.id}/keys`)
  await page.getByRole('button', { name: 'Create key' }).first().click()
  const form = page.getByRole('dialog', { name: 'Create an API key' })
  await form.getByRole('textbox', { name: 'Name' }).fill('Gateway')
  await form.getByRole('textbox', { name: 'Networks' }).fill('203.0.113.0/240')
  await form.getByRole('button', { name: 'Create key' }).click()
  await expect(form.getByRole('textbox', { name: 'Networks' })).toHaveAttribute(
    'aria-invalid',
    'true',
  )
  await form.getByRole('textbox', { name: 'Networks' }).fill('203.0.113.0/24')
  await form.getByRole('button', { name: 'Create key' }).click()
  const secret = page.getByRole('dialog', { name: 'Gateway is ready' })
  const old = String(await secret.getByText(/^ann_\w+$/).textContent())
  await secret.getByRole('button', { name: 'I saved it' }).click()

  const path = `/v1/accounts/${QUIET.id}/events`
  const event = { action: 'invoice.pay', actor: { type: 'user', id: 'usr_1' } }
  expect((await server.ask('POST', path, event, old)).status).toBe(401)

  const row = page.getByRole('row').filter({ hasText: 'Gateway' })
  await expect(row).toContainText('From one network')
  await row.getByRole('button', { name: 'More for Gateway' }).click()
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Gateway' })
  await edit.getByRole('textbox', { name: 'Networks' }).fill('203.0.113.0/24\n127.0.0.0/8')
  await edit.getByRole('button', { name: 'Save changes' }).click()
  await expect(row).toContainText('From 2 networks')
  expect((await server.ask('POST', path, event, old)).status).toBe(201)

  await row.getByRole('button', { name: 'More for Gateway' }).click()
  await page.getByRole('menuitem', { name: 'Rotate…' }).click()
  const rotate = page.getByRole('dialog', { name: 'Rotate Gateway' })
  await rotate.getByLabel('The old key works on').selectOption('For an hour')
  await rotate.getByRole('button', { name: 'Make the new key' }).click()
  const next = String(await secret.getByText(/^ann_\w+$/).textContent())
  await secret.getByRole('button', { name: 'I saved it' }).click()
  expect(next).not.toBe(old)
  expect((await server.ask('POST', path, event, old)).status).toBe(201)
  expect((await server.ask('POST', path, event, next)).status).toBe(201)
  await expect(row.filter({ hasText: 'Being replaced' })).toHaveCount(1)
  await expect(row.filter({ hasText: 'Replaces an older key' })).toHaveCount(1)

  await page.goto(`/ui/a/${QUIET.id}/events?f=action:eq:key.rotate&t=today`)
  await expect(page.getByRole('row').filter({ hasText: 'Gateway' }).first()).toContainText(
    'Alma Berg',
  )
})
