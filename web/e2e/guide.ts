import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'

const FOLDER = fileURLToPath(new URL('../../docs/guide', import.meta.url))

/** One numbered step of the guide. */
interface Step {
  readonly text: string
  /** What stands in bold: the labels as the dashboard shows them. */
  readonly labels: readonly string[]
}

/** The numbered steps below a heading of a page of the guide. */
export function stepsOf(page: string, heading: string): readonly Step[] {
  const text = readFileSync(`${FOLDER}/${page}.md`, 'utf8')
  const sections = text.split(/^#+ /m)
  const section = sections.find((one) => one.startsWith(`${heading}\n`))
  if (section === undefined) throw new Error(`${page}.md has no heading ${heading}`)
  return [...section.matchAll(/^\d+\. (.*)$/gm)].map(([, found = '']) => ({
    text: found,
    labels: [...found.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label = '']) => label),
  }))
}

/** Does one step; the labels are those of its text. */
export type Act = (labels: readonly string[]) => Promise<unknown>

/** Follows the steps below a heading, one act for each. */
export async function follow(page: string, heading: string, acts: readonly Act[]): Promise<void> {
  const steps = stepsOf(page, heading)
  expect(steps.map(({ text }) => text)).toHaveLength(acts.length)
  for (const [at, { text, labels }] of steps.entries()) {
    await test.step(`${page}, ${heading}, ${at + 1}. ${text}`, async () => {
      await acts[at]?.(labels)
    })
  }
}

/** Whether the pictures of the guide are taken anew. */
export const UPDATES = process.env.UPDATE_GUIDE === '1'

/** Takes a picture for the guide, when they are taken anew. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!UPDATES) return
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${FOLDER}/images/${name}.png`, animations: 'disabled' })
}
