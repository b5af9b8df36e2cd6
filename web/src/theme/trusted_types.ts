interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown
}

/**
 * Installs the default policy of Trusted Types: texts without `<` pass, because style sheets are written that
 * way by the component library; anything that could be markup is refused.
 */
export function installTrustedTypes(): void {
  const factory = (window as { trustedTypes?: TrustedTypePolicyFactory }).trustedTypes
  factory?.createPolicy('default', {
    createHTML(text) {
      if (text.includes('<')) throw new TypeError('markup is never written as text')
      return text
    },
  })
}
