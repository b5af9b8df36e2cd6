import { setNonce } from 'get-nonce'
import { installTrustedTypes } from './theme/trusted_types'

/** The nonce that the server wrote into the page; the component library needs it for its style sheets. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''

async function start(): Promise<void> {
  installTrustedTypes()
  setNonce(nonce)
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
  const { mount } = await import('./app')
  const root = document.getElementById('root')
  if (root !== null) mount(root, nonce)
}

void start()
