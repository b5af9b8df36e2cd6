import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type axe from 'axe-core'
import { everyLook, type Look, pairwiseLooks } from './axe/pairwise'
import { SCENES } from './axe/scenes'
import { expect, test } from './test'

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}

const SOURCE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const HEIGHTS = { 1440: 900, 1024: 768, 390: 844 } as const

/** What axe finds, in lines that say where. */
async function flaws(page: Page): Promise<readonly string[]> {
  return page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    })
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => `${id} (${impact}): ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
    )
  }, TAGS)
}

const looks: readonly Look[] =
  process.env.E2E_FULL === '1' ? everyLook(SCENES) : pairwiseLooks(SCENES)

for (const stranger of [false, true]) {
  test.describe(stranger ? 'axe, as a stranger' : 'axe, signed in', () => {
    if (stranger) test.use({ storageState: { cookies: [], origins: [] } })
    test.use({ contextOptions: { reducedMotion: 'reduce' } })

    for (const { scene, theme, width } of looks) {
      if ((scene.stranger ?? false) !== stranger) continue
      test(`axe: ${scene.screen}, ${scene.name}, ${theme}, ${width}`, async ({ page, guard }) => {
        guard.allow(/status of (401|404|429|500)/)
        // Before the page's own scripts, by the debugger: the policy of the page stays as strict as it is.
        await page.addInitScript({ path: SOURCE })
        await page.emulateMedia({ colorScheme: theme })
        await page.setViewportSize({ width, height: HEIGHTS[width] })
        await scene.show(page)
        expect(await flaws(page)).toEqual([])
      })
    }
  })
}

test('axe: finds a flaw where there is one', async ({ page }) => {
  await page.addInitScript({ path: SOURCE })
  await page.goto('/ui/a/acme/keys')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.evaluate(() => document.querySelector('h1')?.setAttribute('aria-checked', 'maybe'))
  expect((await flaws(page)).join('\n')).toContain('aria-allowed-attr')
})
