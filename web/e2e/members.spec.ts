import { Log } from './log'
import { expect, OWNER, test as ownServer } from './own_server'
import { act, join, lineOf, PASSWORD, signedInAs } from './people'
import { ACME } from './server'
import { SignIn } from './sign_in'

const MEMBERS = `/ui/a/${ACME.id}/members`

ownServer(
  'somebody is invited, joins by the link, and the link is worth nothing afterwards',
  async ({ page, own, browser, guard }) => {
    guard.allow(/status of 404/)
    await page.goto('/ui/sign-in')
    await new SignIn(page).submit(OWNER.email, own.password)
    await page.getByRole('link', { name: 'Members & roles' }).click()
    await page.getByRole('button', { name: 'Invite' }).click()
    const form = page.getByRole('dialog', { name: `Invite somebody to ${ACME.name}` })
    await form.getByRole('button', { name: 'Create invitation' }).click()
    await expect(form.getByText('Enter an e-mail address.')).toBeVisible()
    await form.getByLabel('E-mail').fill('nora@acme.example')
    await form.getByLabel('Role', { exact: true }).selectOption({ label: 'Auditor' })
    await expect(form.getByText('May: Read the log, Export the log, Verify the log.')).toBeVisible()
    await form.getByRole('button', { name: 'Create invitation' }).click()

    const once = page.getByRole('dialog', { name: 'Invitation for nora@acme.example' })
    const link = String(await once.getByText(/\/ui\/invitation#code=/).textContent())
    await page.keyboard.press('Escape')
    await expect(once).toBeVisible()
    await once.getByRole('button', { name: 'I kept it' }).click()
    await expect(once).toBeHidden()
    const pending = page.getByRole('table', { name: 'Pending invitations' })
    await expect(pending.getByRole('row').filter({ hasText: 'nora@acme.example' })).toBeVisible()

    const elsewhere = await browser.newContext({ baseURL: own.url })
    const nora = await elsewhere.newPage()
    await nora.goto(link)
    await expect(nora.getByRole('heading', { name: `Join ${ACME.name}` })).toBeVisible()
    expect(nora.url()).not.toContain('code')
    await expect(nora.getByRole('definition').filter({ hasText: 'Auditor' })).toBeVisible()
    await nora.getByRole('button', { name: `Join ${ACME.name}` }).click()
    await expect(nora.getByText('Enter your name.')).toBeVisible()
    await nora.getByLabel('Your name').fill('Nora Lind')
    await nora.getByLabel('Choose a password').fill(PASSWORD)
    await nora.getByRole('button', { name: `Join ${ACME.name}` }).click()
    await expect(nora).toHaveURL(/\/ui\/a\/acme\/events/)
    await expect(nora.getByRole('link', { name: 'Members & roles' })).toHaveCount(0)

    const log = new Log(nora)
    await log.open({ t: 'today', f: 'action:eq:audit_log.invitation_accept' })
    await expect(log.row('Nora Lind').first()).toBeVisible()

    await nora.goto('about:blank')
    await nora.goto(link)
    await expect(nora.getByText('This link does not work anymore')).toBeVisible()
    await elsewhere.close()

    await page.goto(MEMBERS)
    await expect(lineOf(page, 'Nora Lind')).toContainText('Auditor')
    await expect(page.getByRole('table', { name: 'Pending invitations' })).toHaveCount(0)
  },
)

ownServer(
  'a link for one person does nothing in the browser of another before that is sorted out',
  async ({ page, own, guard }) => {
    guard.allow(/status of 404/)
    const path = `/v1/accounts/${ACME.id}/invitations`
    const { link } = await own.api<{ link: string }>('POST', path, {
      email: 'nora@acme.example',
      role: 'auditor',
    })
    await page.goto('/ui/sign-in')
    await new SignIn(page).submit(OWNER.email, own.password)
    await page.waitForURL('**/events**')
    await page.goto(link)
    await expect(page.getByText(`You are signed in as ${OWNER.name}`)).toBeVisible()
    await page.getByRole('button', { name: `Sign out ${OWNER.name} and go on` }).click()
    await expect(page.getByLabel('Your name')).toBeVisible()
    await page.goto(`${own.url}/ui/invitation`)
    await expect(page.getByText('The link is not complete')).toBeVisible()
    await page.goto(`${own.url}/ui/invitation#code=unknown`)
    await expect(page.getByText('This link does not work anymore')).toBeVisible()
  },
)

ownServer(
  'a role is changed after its preview; an auditor finds it a second later, a member sees nothing',
  async ({ page, own, browser }) => {
    const tom = await join(own, 'Tom Park', 'developer')
    const auditor = await join(own, 'Ada Voss', 'auditor')
    await page.goto('/ui/sign-in')
    await new SignIn(page).submit(OWNER.email, own.password)
    await page.waitForURL('**/events**')
    await page.goto(MEMBERS)
    await act(page, tom.name, 'Change role…')
    const form = page.getByRole('dialog', { name: `Change role of ${tom.name}` })
    const apply = form.getByRole('button', { name: 'Apply' })
    await expect(apply).toBeDisabled()
    await form.getByLabel('Role', { exact: true }).selectOption({ label: 'Member' })
    const preview = form.getByRole('region', { name: 'What changes' })
    await expect(preview).toContainText(`${tom.name} gainsNothing`)
    for (const lost of ['Record events', 'Declare events', 'Manage API keys']) {
      await expect(preview.getByRole('listitem').filter({ hasText: lost })).toBeVisible()
    }
    await expect(lineOf(page, tom.name)).toContainText('Developer')
    await apply.click()
    await expect(form).toBeHidden()
    await expect(lineOf(page, tom.name)).toContainText('Member')

    const ada = await signedInAs(browser, own, auditor)
    const log = new Log(ada.page)
    await log.open({ t: 'today', f: 'action:eq:audit_log.member_update' })
    await expect(log.row(OWNER.name).filter({ hasText: tom.name }).first()).toBeVisible()
    await ada.page.goto(MEMBERS)
    await expect(ada.page.getByText('This page is not for your role').first()).toBeVisible()
    expect(ada.guard.violations).toEqual([])
    await ada.context.close()

    const member = await signedInAs(browser, own, tom)
    const refusal = `You have no access to the audit log of ${ACME.name}`
    await expect(member.page.getByRole('heading', { level: 1, name: refusal })).toBeVisible()
    await expect(member.page.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
    await member.page.goto(MEMBERS)
    await expect(member.page.getByRole('heading', { level: 1, name: refusal })).toBeVisible()
    const answer = await member.page.request.get(`/v1/accounts/${ACME.id}/events`)
    expect(answer.status()).toBe(403)
    expect(member.guard.violations).toEqual([])
    await member.context.close()
  },
)

ownServer(
  'the last owner learns why he stays; somebody else is removed by name and is out at once',
  async ({ page, own, browser }) => {
    const tom = await join(own, 'Tom Park', 'auditor')
    const there = await signedInAs(browser, own, tom)
    await page.goto('/ui/sign-in')
    await new SignIn(page).submit(OWNER.email, own.password)
    await page.waitForURL('**/events**')
    await page.goto(MEMBERS)
    await act(page, OWNER.name, 'Leave account…')
    await expect(page.getByText(`${OWNER.name} is the last owner`)).toBeVisible()
    await page.keyboard.press('Escape')
    await act(page, tom.name, 'Remove from account…')
    const ask = page.getByRole('dialog', { name: `Remove ${tom.name} from ${ACME.name}?` })
    await expect(ask.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await ask.getByRole('button', { name: `Remove ${tom.name}` }).click()
    await expect(ask).toBeHidden()
    await expect(lineOf(page, tom.name)).toHaveCount(0)
    const answer = await there.page.request.get(`/v1/accounts/${ACME.id}/events`)
    expect(answer.ok()).toBe(false)
    await there.context.close()
  },
)

ownServer(
  'a role of the account’s own is made, given, and kept while somebody has it',
  async ({ page, own }) => {
    const tom = await join(own, 'Tom Park', 'member')
    await page.goto('/ui/sign-in')
    await new SignIn(page).submit(OWNER.email, own.password)
    await page.waitForURL('**/events**')
    await page.goto(`${MEMBERS}/roles`)
    const matrix = page.getByRole('table', { name: 'What each role may do' })
    const redact = matrix.getByRole('row').filter({ hasText: 'Redact events' })
    await expect(redact.getByRole('cell')).toHaveText(['✓ Yes', 'No', '✓ Yes', 'No', 'No', 'No'])
    await page.getByRole('button', { name: 'New role' }).click()
    const form = page.getByRole('dialog', { name: 'New role' })
    await form.getByLabel('Name', { exact: true }).fill('Support lead')
    await form.getByRole('checkbox', { name: /^Read the log/ }).check()
    await form.getByRole('checkbox', { name: /^Context/ }).check()
    await form.getByRole('button', { name: 'Create role' }).click()
    await expect(form).toBeHidden()
    await expect(matrix.getByRole('columnheader').filter({ hasText: 'Support lead' })).toBeVisible()
    const hidden = matrix.getByRole('row').filter({ hasText: 'Hidden parts of events' })
    await expect(hidden.getByRole('cell').last()).toHaveText('Context')

    const pages = page.getByRole('navigation', { name: 'Members and roles' })
    await pages.getByRole('link', { name: 'Members' }).click()
    await act(page, tom.name, 'Change role…')
    const change = page.getByRole('dialog', { name: `Change role of ${tom.name}` })
    await change.getByLabel('Role', { exact: true }).selectOption({ label: 'Support lead' })
    await change.getByRole('button', { name: 'Apply' }).click()
    await expect(lineOf(page, tom.name)).toContainText('Support lead')

    await pages.getByRole('link', { name: 'Roles' }).click()
    await page.getByRole('button', { name: 'Actions for role Support lead' }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    await expect(page.getByText('One person has the role Support lead.')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

    await page.getByRole('button', { name: 'Actions for role Auditor' }).click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Reviewer')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(matrix.getByRole('columnheader').filter({ hasText: 'Reviewer' })).toBeVisible()
  },
)

ownServer('who may view the log is a switch per role', async ({ page, own, browser }) => {
  const auditor = await join(own, 'Ada Voss', 'auditor')
  await page.goto('/ui/sign-in')
  await new SignIn(page).submit(OWNER.email, own.password)
  await page.waitForURL('**/events**')
  await page.goto(`${MEMBERS}/roles`)
  const owner = page.getByRole('checkbox', { name: /^Owner/ })
  await expect(owner).toBeChecked()
  await expect(owner).toBeDisabled()
  await page.getByRole('checkbox', { name: /^Auditor/ }).uncheck()
  await page.getByRole('button', { name: 'Save who may view' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  const ada = await signedInAs(browser, own, auditor)
  const refusal = `You have no access to the audit log of ${ACME.name}`
  await expect(ada.page.getByRole('heading', { level: 1, name: refusal })).toBeVisible()
  await ada.context.close()
})
