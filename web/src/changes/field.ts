/** A key on the way to a field, or what names an element of a list. */
export type Segment = string | { readonly name: string }

/** The segments of a JSON Pointer (RFC 6901); the empty pointer, which means the whole thing, has none. */
export function segmentsOf(pointer: string): readonly string[] {
  if (pointer === '') return []
  const text = pointer.startsWith('/') ? pointer.slice(1) : pointer
  return text.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The JSON Pointer of a member of what a pointer means. */
export function memberOf(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const SHORT_WORDS = new Set(
  'ai api cpu cc bcc css csv dns gpu html http https iban id ids ip json jwt llm mfa oidc os pdf pii ram rpc saml scim sdk sla sms smtp sql ssh sso tls totp ttl ui uri url utc uuid vat vpn xml'.split(
    ' ',
  ),
)

/** A key as people read it: `timeout_hours` and `timeoutHours` are *Timeout hours*; what is no identifier stays. */
export function labelOfKey(key: string): string {
  if (/^\d+$/.test(key)) return `#${Number(key) + 1}`
  if (!/^[A-Za-z][A-Za-z0-9_.-]*$/.test(key)) return key
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
    .map((word) => (SHORT_WORDS.has(word.toLowerCase()) ? acronym(word) : word))
  const text = words.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function acronym(word: string): string {
  const upper = word.toUpperCase()
  return upper === 'IDS' ? 'IDs' : upper
}

/** The label of a field, its parents first: `/billing/iban_last4` is *Billing › IBAN last4*. */
export function fieldLabel(segments: readonly Segment[]): string {
  return segments
    .map((segment) => (typeof segment === 'string' ? labelOfKey(segment) : segment.name))
    .join(' › ')
}
