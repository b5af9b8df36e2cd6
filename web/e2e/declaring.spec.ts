import { QUIET } from './server'
import { expect, test } from './test'

const CATALOGUE = `/ui/a/${QUIET.id}/catalogue`

test('an event is declared, changed and deprecated, and each is on record', async ({
  page,
  server,
  guard,
}) => {
  guard.allow(/status of 409/)
  await page.goto(CATALOGUE)
  await page.getByRole('button', { name: 'Declare an event' }).click()
  const form = page.getByRole('dialog', { name: 'Declare an event' })
  await form.getByRole('button', { name: 'Declare an event' }).click()
  await expect(form.getByText('Give the action a name.')).toBeVisible()
  await form.getByLabel('Action').fill('ticket.escalate')
  await form.getByLabel('Event', { exact: true }).fill('Ticket escalated')
  await form.getByLabel('Category').fill('Support')
  await form.getByLabel('What it does').selectOption('Changes')
  await form.getByLabel('Type of its target').fill('ticket')
  await form.getByRole('button', { name: 'Add a field' }).click()
  await form.getByRole('group', { name: 'Field 1' }).getByRole('textbox').fill('Customer tier')
  await form.getByRole('group', { name: 'Field 1' }).getByLabel('Sensitive').check()
  await form.getByRole('button', { name: 'Declare an event' }).click()
  await expect(form).toBeHidden()
  await page.getByLabel('Search the catalogue').fill('ticket.escalate')
  await page.getByRole('link', { name: 'Ticket escalated' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket escalated' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Customer tier' })).toContainText(
    'Sensitive',
  )

  await server.record(QUIET.id, [
    { action: 'ticket.escalate', actor: { type: 'user', id: 'usr_1' } },
  ])
  await page.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Ticket escalated' })
  await edit.getByLabel('What it does').selectOption('Deletes')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(edit.getByText(/recorded as/)).toBeVisible()
  await edit.getByLabel('What it does').selectOption('Changes')
  await edit.getByLabel('Event', { exact: true }).fill('Ticket raised')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket raised' })).toBeVisible()

  await page.getByRole('button', { name: 'Deprecate' }).click()
  const ask = page.getByRole('dialog', { name: 'Deprecate Ticket raised?' })
  await ask.getByLabel('Use instead').fill('data.update')
  await ask.getByRole('button', { name: 'Deprecate' }).click()
  await expect(page.getByText('This event is deprecated')).toBeVisible()
  await expect(page.getByText('Use data.update instead.')).toBeVisible()
  const versions = page.getByRole('table', { name: 'Versions' })
  await expect(versions.getByRole('row').nth(1)).toContainText('Alma Berg')

  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  const remove = page.getByRole('dialog', { name: 'Remove Ticket raised?' })
  await remove.getByRole('button', { name: 'Remove the declaration' }).click()
  await expect(remove.getByRole('alert')).toBeVisible()
  await remove.getByRole('button', { name: 'Cancel' }).click()

  await page.goto(`/ui/a/${QUIET.id}/events?q=ticket.escalate&t=today`)
  await expect(page.getByRole('row').filter({ hasText: 'Alma Berg' }).first()).toBeVisible()
})

test('a strict catalogue refuses what is not declared, and names the nearest', async ({
  page,
  server,
}) => {
  await page.goto(`/ui/a/${QUIET.id}/settings`)
  const strict = page.getByRole('checkbox', { name: /^Refuse events/ })
  await strict.check()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved')).toBeVisible()
  const path = `/v1/accounts/${QUIET.id}/events`
  const event = { action: 'user.logim', actor: { type: 'user', id: 'usr_1' } }
  const refused = await server.ask('POST', path, event)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('user.login')
  await strict.uncheck()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled()
  expect((await server.ask('POST', path, event)).status).toBe(201)
})

test('names of secrets of the account are removed from what comes, and counted', async ({
  page,
  server,
}) => {
  await page.goto(`/ui/a/${QUIET.id}/settings`)
  await page.getByLabel('Names of secrets').fill('membership_number')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled()
  const value = 'Q7-991-340'
  await server.record(QUIET.id, [
    {
      action: 'customer.update',
      actor: { type: 'user', id: 'usr_1' },
      metadata: { membership_number: value },
    },
  ])
  const found = await server.api<{ events: { metadata: Record<string, string> }[] }>(
    'GET',
    `/v1/accounts/${QUIET.id}/events?q=action:customer.update&range=today`,
  )
  expect(found.events[0]?.metadata.membership_number).toMatch(/^secret:[0-9a-f]{16}$/)
  expect(JSON.stringify(found)).not.toContain(value)
  await page.reload()
  await expect(page.getByLabel('Names of secrets')).toHaveValue('membership_number')
  await expect(page.getByRole('table', { name: 'Removed secrets by rule' })).toBeVisible()
})
