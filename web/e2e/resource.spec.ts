import { allSeeded } from './events'
import { Log, seededRange } from './log'
import { LILY } from './seed/people'
import { AGENT_A, AGENT_B } from './seed/stories'
import { expect, test } from './test'

test('7, 1.1a: Agents › the agent › Audit logs is the log of this agent, like that of the account', async ({
  page,
}) => {
  await page.goto('/ui/a/acme/events')
  const rail = page.getByRole('navigation', { name: 'Main' })
  await rail.getByRole('link', { name: 'Agents', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: /All agents/i })).toBeVisible()
  await page.getByRole('searchbox').fill(AGENT_A.after.slice(0, 8))
  await expect(page.getByRole('link', { name: AGENT_B.name })).toBeHidden()
  await page.getByRole('link', { name: AGENT_A.after }).click()
  await expect(page.getByRole('heading', { level: 1, name: AGENT_A.after })).toBeVisible()
  await page.getByRole('link', { name: 'Audit logs', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Audit logs' })).toBeVisible()
  await expect(page.getByText(`Agent is ${AGENT_A.after}`)).toBeVisible()
  const log = new Log(page)
  await expect(log.list.getByRole('columnheader')).toHaveText([
    'Event Name',
    'Category',
    'User Name',
    'Date and Time',
    'Description',
  ])
  await log.expectCount(4)
  for (const name of ['Guardrails deployed', 'Agent deploy', 'Agent update', 'Agent created']) {
    await expect(log.row(name)).toHaveCount(1)
  }
  await expect(log.row(AGENT_B.name)).toHaveCount(0)
  await expect(log.filterButton).toBeVisible()
  await expect(log.timeButton).toContainText('Last 30 Days')
})

test('9: the log of an ID has all its events, whatever it was called', async ({ page, server }) => {
  const log = new Log(page)
  const t = seededRange(server)
  await page.goto(`/ui/a/acme/resources/agent/${AGENT_A.id}/log?t=${t}`)
  await log.expectCount(4)
  await expect(log.row(AGENT_A.before).first()).toBeVisible()
  const window = await log.openFilter()
  await window.fill(1, 'User', 'Is Equal To', LILY.name)
  await window.apply()
  await log.expectCount(2)
  await log.open({ t, f: `target_id:eq:${AGENT_A.id}` })
  await log.expectCount(4)
})

test('7: the overview tells the life of a resource, and that it was deleted', async ({ page }) => {
  await page.goto(`/ui/a/acme/resources/agent/${AGENT_B.id}`)
  await expect(page.getByRole('heading', { level: 1, name: AGENT_B.name })).toBeVisible()
  await expect(page.getByText('Deleted', { exact: true }).first()).toBeVisible()
  const life = page.getByRole('region', { name: 'Lifecycle' })
  await expect(life.getByRole('listitem')).toHaveText([/Created/, /Deleted/])
  await life.getByRole('link', { name: 'Agent deleted' }).click()
  await expect(new Log(page).panel.getByRole('heading', { name: 'Agent deleted' })).toBeVisible()
})

test('7: a resource that no event is about is said to be unknown', async ({ page }) => {
  await page.goto('/ui/a/acme/resources/agent/agt_nobody')
  await expect(page.getByText('No event is about this')).toBeVisible()
})

test('1.1a: one entry per type in the rail, by its plural; All types has the rest', async ({
  page,
}) => {
  await page.goto('/ui/a/acme/resources')
  await expect(page.getByRole('heading', { level: 1, name: 'Resources' })).toBeVisible()
  for (const plural of ['Agents', 'Inboxes', 'Models', 'Records']) {
    await expect(page.getByRole('main').getByRole('link', { name: plural })).toBeVisible()
  }
})

test('50: the activity of a person is everything that he did, and nothing else', async ({
  page,
  server,
}) => {
  const count = (await allSeeded(server)).filter(({ actor }) => actor.id === LILY.id).length
  await page.goto(`/ui/a/acme/activity/${LILY.id}?t=${seededRange(server)}`)
  await expect(
    page.getByRole('heading', { level: 1, name: `Activity of ${LILY.name}` }),
  ).toBeVisible()
  await new Log(page).expectCount(count)
})
