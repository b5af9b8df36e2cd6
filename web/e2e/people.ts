import type { Browser, BrowserContext, Page } from '@playwright/test'
import { Guard } from './guard'
import { ACME, type Server } from './server'
import { SignIn } from './sign_in'
import { expect } from './test'

/** Somebody who was invited and joined. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** A password that nobody guesses and every test knows. */
export const PASSWORD = 'six wooden spoons at dawn'

/** Invites somebody by the API; the link is that of the dashboard. */
export async function inviteByApi(server: Server, email: string, role: string): Promise<string> {
  const path = `/v1/accounts/${ACME.id}/invitations`
  return (await server.api<{ link: string }>('POST', path, { email, role })).link
}

/** Makes a person with a role of {@link ACME}, as the invitation page would. */
export async function join(server: Server, name: string, role: string): Promise<Person> {
  const email = `${name.split(' ')[0]?.toLowerCase()}@acme.example`
  const code = codeOf(await inviteByApi(server, email, role))
  const response = await fetch(`${server.url}/v1/invitations/accept`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.url },
    body: JSON.stringify({ code, name, password: PASSWORD }),
  })
  expect(response.status, await response.clone().text()).toBe(201)
  return { name, email, password: PASSWORD }
}

/** The code of a link such as `…/ui/invitation#code=…`. */
export function codeOf(link: string): string {
  return new URLSearchParams(new URL(link).hash.slice(1)).get('code') ?? ''
}

/** A browser of its own in which a person signs in through the form; it is watched like all others. */
export async function signedInAs(
  browser: Browser,
  server: Server,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<{ page: Page; context: BrowserContext; guard: Guard }> {
  const context = await browser.newContext({ baseURL: server.url })
  const guard = new Guard(new URL(server.url).origin)
  await guard.watch(context)
  const page = await context.newPage()
  await page.goto('/ui/sign-in')
  await new SignIn(page).submit(email, password)
  await expect(page).toHaveURL(/\/ui\/a\//)
  return { page, context, guard }
}

/** The line of a person in the list of members. */
export function lineOf(page: Page, name: string) {
  return page.getByRole('table', { name: 'Members' }).getByRole('row').filter({ hasText: name })
}

/** Opens an entry of a person's menu. */
export async function act(page: Page, name: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}
