import type { BrowserContext, Page } from '@playwright/test'

/** Watches everything that happens in a browser and must not. */
export class Guard {
  private readonly found: string[] = []
  private readonly allowed: RegExp[] = []

  constructor(private readonly origin: string) {}

  /** Expects messages of one kind in this test, such as the refusal of a wrong password. */
  allow(message: RegExp): void {
    this.allowed.push(message)
  }

  /** Watches a context and every page that it has or gets. */
  async watch(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(
          `CSP: ${event.violatedDirective} refused ${event.blockedURI || event.sample} in ${event.sourceFile}:${event.lineNumber}`,
        )
      })
      addEventListener('unhandledrejection', (event) => {
        console.error(`unhandled rejection: ${String(event.reason)}`)
      })
    })
    context.on('request', (request) => {
      const url = new URL(request.url())
      const isOwn = url.origin === this.origin || ['data:', 'blob:'].includes(url.protocol)
      if (!isOwn) this.found.push(`request to another origin: ${request.url()}`)
    })
    for (const page of context.pages()) this.watchPage(page)
    context.on('page', (page) => this.watchPage(page))
  }

  private watchPage(page: Page): void {
    page.on('pageerror', (error) => this.found.push(`page error: ${error.stack ?? error.message}`))
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return
      this.found.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
    })
  }

  /** What happened and was not allowed. */
  get violations(): readonly string[] {
    return this.found.filter((message) => !this.allowed.some((one) => one.test(message)))
  }
}
