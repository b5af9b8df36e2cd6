import { GALE } from './seed/gale'
import { expect, test } from './test'

test('1.2: the catalogue has the 25 events with their categories and sentences of the guide', async ({
  page,
}) => {
  await page.goto('/ui/a/acme/catalogue?pack=gale')
  const table = page.getByRole('table', { name: 'Event catalogue' })
  await expect(table.getByRole('row')).toHaveCount(GALE.length + 1)
  for (const { event, category, action } of GALE) {
    const row = table.getByRole('row').filter({ has: page.getByText(action, { exact: true }) })
    await expect(row).toContainText(event)
    await expect(row).toContainText(category)
    await expect(row).toContainText('Declared')
  }
  await expect(
    table.getByRole('row').filter({ has: page.getByText('user.login', { exact: true }) }),
  ).toContainText('Tracks the account login activity.')
})

test('43: the search and the choices narrow the catalogue, and stand in the URL', async ({
  page,
}) => {
  await page.goto('/ui/a/acme/catalogue')
  await page.getByLabel('Search the catalogue').fill('inbox webhook')
  const table = page.getByRole('table', { name: 'Event catalogue' })
  await expect(table.getByRole('row')).toHaveCount(4)
  for (const verb of ['created', 'updated', 'deleted']) {
    await expect(table.getByRole('link', { name: `Inbox webhook ${verb}` })).toBeVisible()
  }
  await page.reload()
  await expect(table.getByRole('row')).toHaveCount(4)
  await page.getByLabel('Search the catalogue').fill('xyzzy')
  await page.getByRole('button', { name: 'Show all events' }).click()
  await page.getByLabel('State').selectOption('undeclared')
  await expect(table.getByRole('link', { name: 'Billing invoice pay' })).toBeVisible()
})

test('39: the page of an event has its fields, its newest event and how to send it', async ({
  page,
}) => {
  await page.goto('/ui/a/acme/catalogue')
  await page.getByLabel('Search the catalogue').fill('model.deploy')
  await page.getByRole('link', { name: 'Model deployed', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Model deployed' })).toBeVisible()
  for (const label of ['User ID', 'IP Address', 'Scale down Delay', 'Inference batch size']) {
    await expect(page.getByRole('rowheader', { name: label, exact: true })).toBeVisible()
  }
  await expect(page.getByRole('main')).toContainText('Llama 4 Scout')
  await expect(page.getByRole('main')).toContainText('"action": "model.deploy"')
  await page.getByRole('link', { name: 'Show these events in the audit log' }).click()
  await expect(page).toHaveURL(/f=action:eq:model\.deploy/)
})
