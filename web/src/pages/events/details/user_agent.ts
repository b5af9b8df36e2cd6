/** What a user agent says about itself. */
export interface Agent {
  /** Program and major version: `Chrome 141`, `curl 8.5`. */
  readonly program: string
  /** The system it runs on, when it says so. */
  readonly system: string | null
}

/** The more special first: all of them also claim to be Safari. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bEdgiOS\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bVivaldi\/(\d+)/, 'Vivaldi'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\bFxiOS\/(\d+)/, 'Firefox'],
  [/\bCriOS\/(\d+)/, 'Chrome'],
  [/\bHeadlessChrome\/(\d+)/, 'Headless Chrome'],
  [/\bChrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+(?:\.\d+)?).*\bSafari\//, 'Safari'],
]

const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b|\biPod\b/, 'iOS'],
  [/\biPad\b/, 'iPadOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

/** Reads a user agent; null when it is none that people know by name. */
export function readAgent(text: string): Agent | null {
  const system = SYSTEMS.find(([sign]) => sign.test(text))?.[1] ?? null
  for (const [sign, name] of BROWSERS) {
    const version = sign.exec(text)?.[1]
    if (version !== undefined) return { program: `${name} ${version}`, system }
  }
  if (text.startsWith('Mozilla/')) return null
  const product = /^([A-Za-z][\w.+-]{0,40})\/v?(\d+(?:\.\d+)?)/.exec(text)
  return product === null ? null : { program: `${product[1]} ${product[2]}`, system }
}
