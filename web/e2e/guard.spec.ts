import { test as base, expect } from '@playwright/test'
import { Guard } from './guard'
import { test } from './test'

test('the guard sees what a page must not do', async ({ browser, server, signedIn }) => {
  const context = await browser.newContext({ baseURL: server.url, storageState: signedIn })
  const guard = new Guard(server.url)
  await guard.watch(context)
  const page = await context.newPage()
  await page.goto('/ui/a/acme/keys')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(guard.violations).toEqual([])
  await page.evaluate(() => {
    console.warn('a warning')
    console.error('an error')
    void Promise.reject(new Error('nobody cares'))
    setTimeout(() => {
      throw new Error('a bug')
    })
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    document.head.append(style)
    const image = document.createElement('img')
    image.src = 'https://elsewhere.example/pixel.png'
    document.body.append(image)
  })
  const seen = () => guard.violations.join('\n')
  for (const what of [
    'a warning',
    'an error',
    'nobody cares',
    'a bug',
    'CSP: style-src-elem',
    'CSP: img-src',
  ]) {
    await expect.poll(seen).toContain(what)
  }
  guard.allow(/a warning/)
  expect(seen()).not.toContain('a warning')
  await context.close()
})

base('the guard sees a request to another origin', async ({ browser }) => {
  const context = await browser.newContext()
  const guard = new Guard('http://127.0.0.1:1')
  await guard.watch(context)
  const page = await context.newPage()
  await page.route('**/*', (route) => route.fulfill({ body: '<!doctype html>' }))
  await page.goto('http://127.0.0.1:1/')
  expect(guard.violations).toEqual([])
  await page.goto('http://127.0.0.1:2/')
  expect(guard.violations).toEqual(['request to another origin: http://127.0.0.1:2/'])
  await context.close()
})
