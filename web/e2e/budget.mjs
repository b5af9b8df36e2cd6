// What the first screen loads, as it travels: `npm run budget`. Fails when it is more than was allowed.
import { firstRow, withDemo } from './demo.mjs'

/** Bytes on the wire, in thousands. */
const ALLOWED = { script: 200, stylesheet: 36, font: 90 }

await withDemo(300, async ({ context }) => {
  // A page of its own, whose cache is empty but whose session is there.
  const fresh = await context.browser().newContext({ storageState: await context.storageState() })
  const page = await fresh.newPage()
  const finished = []
  page.on('requestfinished', (request) => finished.push(request))
  await page.goto(`${context.pages()[0].url()}`)
  await firstRow(page).waitFor()
  // What came until the first rows were there; what is prefetched later costs nobody's first look.
  const loaded = finished.slice()
  const sums = { script: 0, stylesheet: 0, font: 0 }
  for (const request of loaded) {
    const kind = request.resourceType()
    if (kind in sums) sums[kind] += (await request.sizes()).responseBodySize
  }
  let isOver = false
  for (const [kind, allowed] of Object.entries(ALLOWED)) {
    const used = sums[kind] / 1000
    if (used === 0) throw new Error(`the first screen loaded no ${kind}: this measures nothing`)
    if (used > allowed) isOver = true
    console.log(
      `${kind}: ${used.toFixed(1)} kB of ${allowed} kB${used > allowed ? ' TOO MUCH' : ''}`,
    )
  }
  if (isOver) process.exitCode = 1
})
