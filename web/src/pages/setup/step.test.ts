import { describe, expect, it } from 'vitest'
import type { Session } from '@/api/session'
import { codeOf, stageOf } from './step'

const instance = { name: 'localhost', version: '0.1.0' }
const account = (id: string) => ({
  id,
  name: id,
  role: 'owner',
  permissions: [],
  hidden_columns: [],
  created_at: '',
})

function signedIn(accounts: readonly string[], operator = true): Session {
  return {
    signed_in: true,
    csrf: 'c',
    expires_at: '',
    person: {
      id: 'usr_1',
      name: 'Lily',
      email: 'lily@example.com',
      operator,
      second_factor: false,
      has_password: true,
    },
    accounts: accounts.map(account),
    setup_needed: false,
    sign_in: 'allowed',
    instance,
  }
}

const stranger = (setup_needed: boolean): Session => ({
  signed_in: false,
  setup_needed,
  sign_in: 'allowed',
  instance,
})

describe('where the wizard goes on', () => {
  it.each([
    ['owner', stranger(true)],
    ['sign_in', stranger(false)],
    ['account', signedIn([])],
    ['account', signedIn(['annals'])],
    ['no_account', signedIn([], false)],
    ['event', signedIn(['annals', 'acme'])],
  ] as const)('%s', (kind, session) => {
    expect(stageOf(session).kind).toBe(kind)
  })
})

it.each([
  ['#code=ABCD-EFGH', 'ABCD-EFGH'],
  ['code=%20ABCD%20', 'ABCD'],
  ['', ''],
  ['#other', ''],
])('reads the code of %s', (hash, code) => {
  expect(codeOf(hash)).toBe(code)
})
