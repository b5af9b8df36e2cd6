import { expect, it } from 'vitest'
import { readAgent } from './user_agent'

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'

it.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`,
    'Chrome 141',
    'Windows',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
    'Edge 141',
    'Windows',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Firefox 143',
    'Linux',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
    'Safari 18.6',
    'macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 CriOS/141.0 Mobile Safari/604.1',
    'Chrome 141',
    'iOS',
  ],
  ['curl/8.5.0', 'curl 8.5', null],
  ['python-requests/2.32.3', 'python-requests 2.32', null],
])('reads %s', (text, program, system) => {
  expect(readAgent(text)).toEqual({ program, system })
})

it.each(['', 'Mozilla/5.0 (compatible)', 'something', '<script>/1'])(
  'does not guess: %s',
  (text) => {
    expect(readAgent(text)).toBeNull()
  },
)
