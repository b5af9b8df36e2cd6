import { Log } from './log'
import { expect, OWNER, test } from './own_server'
import { ACME } from './server'
import { SignIn } from './sign_in'

test('a portal link opens a read-only view; who is signed in is asked first', async ({
  page,
  own,
  guard,
}) => {
  guard.allow(/status of 40[14]/)
  await own.record(ACME.id, [
    { action: 'invoice.pay', actor: { type: 'user', id: 'usr_9', name: 'Lily Ari' } },
  ])
  const { url } = await own.api<{ url: string }>('POST', `/v1/accounts/${ACME.id}/portal_links`, {
    actor: { id: 'customer_7', name: 'Mara Customer' },
    scopes: ['read'],
    ttl_s: 120,
  })
  await page.goto('/ui/sign-in')
  await new SignIn(page).submit(OWNER.email, own.password)
  await page.waitForURL('**/events**')
  await page.goto(url)
  await expect(page.getByText(`You are signed in as ${OWNER.name}`)).toBeVisible()
  expect(page.url()).not.toContain('code')
  await page.getByRole('button', { name: 'Open the read-only view' }).click()
  await expect(page).toHaveURL(/\/ui\/a\/acme\/events/)
  const rail = page.getByRole('navigation', { name: 'Main' })
  await expect(rail.getByText('Read-only view')).toBeVisible()
  await expect(new Log(page).row('Lily Ari').first()).toBeVisible()
  for (const name of ['API keys', 'Members & roles', 'Account settings']) {
    await expect(rail.getByRole('link', { name })).toHaveCount(0)
  }
  await page.getByRole('button', { name: 'Views' }).click()
  await expect(page.getByRole('menuitem', { name: /^Save/ })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.goto('about:blank')
  await page.goto(url)
  await expect(page.getByText('This link does not work anymore')).toBeVisible()
})
