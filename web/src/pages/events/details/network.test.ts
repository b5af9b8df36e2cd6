import { expect, it } from 'vitest'
import { networkOf } from './network'

it.each([
  ['203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:30:1::7', '2001:db8:30::/48'],
  ['2001:db8::1', '2001:db8::/48'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::/48'],
  ['::1', '::/48'],
  ['fe80:1:2:3:4:5:6:7', 'fe80:1:2::/48'],
  ['no address', null],
  ['', null],
])('finds the network of %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
