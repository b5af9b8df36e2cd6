import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

/** The colours of one scheme, by the name of their token. */
function tokens(scheme: 'light' | 'dark'): Map<string, string> {
  const block = new RegExp(`color-scheme="${scheme}"\\]\\s*\\{([^}]*)\\}`).exec(css)?.[1]
  if (block === undefined) throw new Error(`tokens.css has no ${scheme} scheme`)
  const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\s*;/g)
  return new Map(Array.from(found, ([, name = '', colour = '']) => [name, colour]))
}

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

const GROUNDS = ['bg', 'bg-sub', 'bg-hover', 'bg-sel']
const on = (text: string, grounds: readonly string[]) =>
  grounds.map((ground) => [text, ground] as const)
const TEXTS = [
  ...on('fg', GROUNDS),
  ...on('fg-2', GROUNDS),
  ...on('fg-3', GROUNDS),
  ...on('accent', GROUNDS),
  ...on('ok', ['bg', 'bg-sub', 'ok-bg']),
  ...on('bad', ['bg', 'bg-sub', 'bad-bg']),
  ...on('warn', ['bg', 'bg-sub', 'warn-bg']),
  ...on('fg', ['ok-bg', 'bad-bg', 'warn-bg']),
  ...on('on-accent', ['accent', 'accent-hover']),
]
const SHAPES = [
  ...on('ctl', ['bg']),
  ...on('bar', ['bg']),
  ...on('bar-bad', ['bg']),
  ...on('accent', ['bg', 'bg-sub', 'bg-sel']),
]

describe.each(['light', 'dark'] as const)('%s colours', (scheme) => {
  const found = tokens(scheme)
  const colour = (name: string) => {
    const value = found.get(name)
    if (value === undefined) throw new Error(`tokens.css has no --${name}`)
    return value
  }

  it.each(TEXTS)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(SHAPES)('%s can be seen on %s', (shape, ground) => {
    expect(contrast(colour(shape), colour(ground))).toBeGreaterThanOrEqual(3)
  })
})

it('both schemes have the same tokens', () => {
  expect([...tokens('dark').keys()]).toEqual([...tokens('light').keys()])
})

it('the formula is the one of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
