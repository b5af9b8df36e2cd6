import { readdirSync, readFileSync } from 'node:fs'
import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import texts from './en.json'
import people from './people.en.json'

interface Tree {
  readonly [name: string]: string | Tree
}

/** Every message by its path: `time.preset.today`. */
function flatten(tree: Tree, path: readonly string[] = []): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[[...path, name].join('.'), value] as [string, string]]
      : flatten(value, [...path, name]),
  )
}

const messages = new Map(flatten({ ...texts, ...people }))
const isGroup = (path: string) => [...messages.keys()].some((key) => key.startsWith(`${path}.`))

/** The keys that a source file asks for; those with a part put in at run time end with `*`. */
function used(source: string): string[] {
  const found: string[] = []
  const bound = source.matchAll(/const (\w+) = useTranslations\('([\w.]+)'\)/g)
  for (const [, name = '', namespace = ''] of bound) {
    const calls = new RegExp(`\\b${name}(?:\\.rich|\\.markup|\\.raw)?\\(\\s*(['"\`])(.*?)\\1`, 'g')
    for (const [, , key = ''] of source.matchAll(calls)) {
      found.push(`${namespace}.${key.replace(/\$\{.*$/, '*')}`)
    }
  }
  return found
}

function sources(): [file: string, source: string][] {
  const root = new URL('..', import.meta.url)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => [file, readFileSync(new URL(file, root), 'utf8')])
}

describe('every key that is used', () => {
  const files = sources().map(([file, source]) => [file, used(source)] as const)

  it('is found by the scan', () => {
    expect(
      used("const t = useTranslations('a')\nt('b', {})\nt.rich(\n'c.d')\nt(`e.$" + '{f}`)'),
    ).toEqual(['a.b', 'a.c.d', 'a.e.*'])
    expect(files.flatMap(([, keys]) => keys).length).toBeGreaterThan(20)
  })

  it.each(files.filter(([, keys]) => keys.length > 0))('exists: %s', (_, keys) => {
    const exists = (key: string) =>
      key.endsWith('*') ? isGroup(key.replace(/\.[^.]*\*$/, '')) : messages.has(key)
    expect(keys.filter((key) => !exists(key))).toEqual([])
  })
})

const ACCENTED = new Map(
  [...'aeiouncAEIOUNC'].map((letter, at) => [letter, [...'åéîöüñçÅÉÎÖÜÑÇ'][at] ?? letter]),
)

/** The message in a language that nobody speaks: accented, longer, in brackets; its arguments and tags untouched. */
function pseudo(message: string): string {
  let depth = 0
  let inTag = false
  const letters = [...message].map((letter) => {
    if (letter === '{') depth += 1
    if (letter === '}') depth -= 1
    if (letter === '<') inTag = true
    if (letter === '>') inTag = false
    return depth > 0 || inTag ? letter : (ACCENTED.get(letter) ?? letter)
  })
  return `⟦${letters.join('')} ~~~⟧`
}

/** Values for every argument and tag that a message names. */
function valuesFor(
  message: string,
): Record<string, string | number | ((chunks: string) => string)> {
  const args = Array.from(
    message.matchAll(/\{(\w+)\s*([,}])/g),
    ([, name = '', end]) => [name, end === ',' ? 2 : `«${name}»`] as const,
  )
  const tags = Array.from(
    message.matchAll(/<(\w+)>/g),
    ([, name = '']) => [name, (chunks: string) => chunks] as const,
  )
  return Object.fromEntries([...args, ...tags])
}

describe('every message in a pseudo-locale', () => {
  it.each([...messages])('%s', (_, message) => {
    const translate = createTranslator<{ one: string }>({
      locale: 'en',
      messages: { one: pseudo(message) },
      onError: (error) => {
        throw error
      },
    })
    const values = valuesFor(message)
    const shown = message.includes('<')
      ? translate.markup('one', values as never)
      : translate('one', values as never)
    expect(shown.startsWith('⟦')).toBe(true)
    expect(shown.endsWith('~~~⟧')).toBe(true)
    for (const value of Object.values(values)) {
      if (typeof value === 'string' && !message.includes('select,')) expect(shown).toContain(value)
    }
  })
})
