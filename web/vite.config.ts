import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** Writes a brotli twin of each text asset, so that the server never compresses. */
function brotli(): Plugin {
  return {
    name: 'brotli',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [name, output] of Object.entries(bundle)) {
          if (!/\.(js|css|svg|json)$/.test(name)) continue
          const text = output.type === 'chunk' ? output.code : output.source
          const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
          const source = brotliCompressSync(Buffer.from(text), { params })
          this.emitFile({ type: 'asset', fileName: `${name}.br`, source })
        }
      },
    },
  }
}

const version: unknown = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const server = process.env.ANNALS_URL ?? 'http://127.0.0.1:8420'

export default defineConfig({
  base: '/ui/',
  plugins: [react(), brotli()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  define: { __VERSION__: JSON.stringify((version as { version: string }).version) },
  build: {
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every screen needs travels as one file: it compresses better than many small ones.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|use-intl|intl-messageformat|@formatjs|openapi-fetch|clsx|get-nonce|@floating-ui)\//,
            },
            {
              name: 'parts',
              test: /@mantine\/(hooks|core\/esm\/(core|components\/(ActionIcon|Button|CloseButton|FocusTrap|Loader|Menu|Paper|Popover|Portal|Tooltip|Transition|UnstyledButton|VisuallyHidden)))\//,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/v1': server, '/docs': server } },
  test: { include: ['src/**/*.test.ts'], setupFiles: ['src/time/temporal.setup.ts'] },
})
