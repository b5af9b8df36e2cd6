import { Log } from './log'
import { expect, OWNER, test } from './own_server'

test.use({ owned: false })

const PASSWORD = 'orange kettle under snow'

test('1: whoever has the setup link owns the server, makes an account and a key, and sees the first event', async ({
  page,
  own,
}) => {
  await page.goto('/ui/')
  await expect(page).toHaveURL(/\/ui\/setup$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome' })).toBeFocused()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('Enter the setup code.')).toBeVisible()

  await page.goto(own.setupLink)
  await expect(page.getByRole('heading', { level: 1, name: 'Who are you?' })).toBeVisible()
  await page.getByRole('button', { name: 'Become the owner' }).click()
  await expect(page.getByText('Enter your name.')).toBeVisible()
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('E-mail').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill('short')
  await expect(page.getByText('7 more characters')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Become the owner' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Name your account' })).toBeVisible()
  expect(page.url()).not.toContain('code=')
  await page.getByLabel('Account name').fill('Umbrella Corp.')
  await expect(page.getByLabel('Account ID')).toHaveValue('umbrella-corp')
  await page.getByLabel('Account ID').fill('annals')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('This ID belongs to the server itself.')).toBeVisible()
  await page.getByLabel('Account ID').fill('umbrella')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('radio', { name: 'Sunday' }).check()
  await page.getByRole('button', { name: 'Create account' }).click()

  await page.getByRole('button', { name: 'Create a key' }).click()
  const token = await page
    .getByRole('figure')
    .getByText(/^ann_\w+$/)
    .textContent()
  await expect(page.getByText('Waiting for your first event…')).toBeVisible()
  const event = { action: 'user.login', actor: { type: 'user', id: 'usr_1', name: 'Lily Ari' } }
  const sent = await own.ask('POST', '/v1/accounts/umbrella/events', event, String(token))
  expect(sent.status).toBe(201)
  await expect(page.getByText('Your first event is here.')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Open the audit log' }).click()
  await expect(new Log(page).row('Lily Ari').first()).toBeVisible()
  await expect(page).toHaveURL(/\/ui\/a\/umbrella\/events/)

  await page.goto('/ui/setup')
  await expect(page).not.toHaveURL(/\/setup/)
})

test('a wrong code leads back to the code, and what was typed stays', async ({ page, guard }) => {
  guard.allow(/status of 403/)
  await page.goto('/ui/setup')
  await page.getByLabel('Setup code').fill('NOT-THE-CODE')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('E-mail').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Become the owner' }).click()
  await expect(page.getByText('This is not the code.')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByLabel('Your name')).toHaveValue(OWNER.name)
})
