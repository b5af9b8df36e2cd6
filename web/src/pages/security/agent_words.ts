/** What a browser says about itself, in the words of people. */
export interface AgentWords {
  /** `Firefox`, `Chrome`, …; null for what is not known. */
  readonly browser: string | null
  /** `Windows`, `iPhone`, …; null for what is not known. */
  readonly device: string | null
}

/** Ordered: most browsers also name those that they are like. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
]

const DEVICES: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** Reads a `User-Agent`: versions are left out, because they say nothing to people. */
export function agentWords(agent: string | null | undefined): AgentWords {
  const find = (words: readonly (readonly [RegExp, string])[]) =>
    words.find(([pattern]) => pattern.test(agent ?? ''))?.[1] ?? null
  return { browser: find(BROWSERS), device: find(DEVICES) }
}
