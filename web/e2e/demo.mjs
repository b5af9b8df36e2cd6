import { chromium } from '@playwright/test'
import { start } from './binary.mjs'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Runs `work` with a demo server of so many events and a browser that is signed in, and ends both. */
export async function withDemo(events, work) {
  const demo = await start([
    'demo',
    '--json',
    '--listen',
    '127.0.0.1:0',
    '--events',
    String(events),
  ])
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
  })
  try {
    const { url, email, password, token } = demo.announced
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width: 1440, height: 900 },
    })
    const page = await context.newPage()
    await page.goto('/ui/')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/events/)
    await firstRow(page).waitFor()
    await work({ context, page, url, token })
  } finally {
    await browser.close()
    await demo.stop()
  }
}

/** The first event of the list. */
export function firstRow(page) {
  return page.getByRole('table').first().getByRole('row').nth(1)
}
