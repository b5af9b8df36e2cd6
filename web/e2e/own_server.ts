import { ACME, OWNER, Server } from './server'
import { test as base, expect } from './test'

interface OwnServer {
  /** Whether the server has an owner and an account; without, it is as somebody finds it who has just installed it. */
  readonly owned: boolean
  /** The server of this test alone. */
  readonly own: Server
}

/** Tests that a shared server would not survive: each has one of its own, and nobody is signed in. */
export const test = base.extend<OwnServer>({
  owned: [true, { option: true }],
  own: async ({ owned }, use) => {
    const server = await (owned ? Server.start([ACME]) : Server.startEmpty())
    await use(server)
    await server.stop()
  },
  baseURL: async ({ own }, use) => use(own.url),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
  storageState: async ({}, use) => use({ cookies: [], origins: [] }),
})

export { expect, OWNER }
