import { type BrowserContext, test as base, expect } from '@playwright/test'
import { Guard } from './guard'
import { seededServer } from './seed'
import { OWNER, type Server } from './server'

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>

interface WorkerFixtures {
  /** A server of this worker, full of events. */
  readonly server: Server
  /** The cookies of its owner, who signed in through the form. */
  readonly signedIn: SignedIn
}

interface TestFixtures {
  /** Fails the test for what the browser complains about; see {@link Guard.allow}. */
  readonly guard: Guard
}

/** Tests in a browser where the owner of a seeded server is signed in, and nothing goes wrong unseen. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const server = await seededServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  signedIn: [
    async ({ server, browser }, use) => {
      const context = await browser.newContext({ baseURL: server.url })
      const page = await context.newPage()
      await page.goto('/ui/sign-in')
      await page.getByLabel('E-mail').fill(OWNER.email)
      await page.getByLabel('Password', { exact: true }).fill(server.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.waitForURL('**/ui/a/*/events**')
      const state = await context.storageState()
      await context.close()
      await use(state)
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  storageState: async ({ signedIn }, use) => use(signedIn),
  guard: async ({ baseURL }, use) => use(new Guard(new URL(String(baseURL)).origin)),
  context: async ({ context, guard }, use) => {
    await guard.watch(context)
    await use(context)
    expect(guard.violations, 'what the browser complained about').toEqual([])
  },
})

export { expect }
