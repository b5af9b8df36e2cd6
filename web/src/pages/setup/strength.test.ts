import { describe, expect, it } from 'vitest'
import { passwordProblem, strengthOf } from './strength'

describe('the rule', () => {
  it.each([
    ['', 'missing'],
    ['elevenchars', 'short'],
    ['twelve chars', null],
    ['ä'.repeat(12), null],
    ['😀'.repeat(11), 'short'],
    ['ä'.repeat(129), 'long'],
  ])('%s: %s', (password, problem) => {
    expect(passwordProblem(password)).toBe(problem)
  })
})

describe('the hint', () => {
  it.each([
    ['aaaaaaaaaaaaaaaaaa', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['qwertyuiop123', 'weak'],
    ['lily@example.com', 'weak'],
    ['password12345', 'weak'],
    ['kitchen window', 'fair'],
    ['correct horse battery staple', 'strong'],
    ['v9#Kq2!xTz7&Lm', 'strong'],
  ])('%s is %s', (password, strength) => {
    expect(strengthOf(password, ['Lily Ari', 'lily@example.com'])).toBe(strength)
  })
})
