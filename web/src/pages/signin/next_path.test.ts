import { describe, expect, it } from 'vitest'
import { pathAfterSignIn } from './next_path'

describe('where to go after signing in', () => {
  it.each([
    [
      '/ui/a/acme/events?t=30d&f=category:eq:Roles#top',
      '/ui/a/acme/events?t=30d&f=category:eq:Roles#top',
    ],
    ['/a/acme/keys', '/ui/a/acme/keys'],
    ['/uint', '/ui/uint'],
  ])('goes on to %s', (next, path) => {
    expect(pathAfterSignIn(next)).toBe(path)
  })

  it.each([
    undefined,
    ['/a/acme/events'],
    '',
    'a/acme',
    'https://evil.example/ui/',
    '//evil.example/ui/',
    '/\\evil.example/ui/',
    '/ui//evil.example',
    '/ui/\\evil.example',
    '/ui/../v1/session',
    '/ui/%2e%2e/v1/session',
    '/ui/..//evil.example',
    'javascript:alert(1)',
    '/sign-in?next=/sign-in',
    '/ui/setup',
  ])('does not follow %s', (next) => {
    expect(pathAfterSignIn(next)).toBe('/ui/')
  })
})
