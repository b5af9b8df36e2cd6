import type { CatalogEvent } from '@/api/catalogue'

const VALUES: Record<string, unknown> = {
  number: 3,
  list: ['first', 'second'],
  email: 'lily@example.com',
  address: '203.0.113.7',
  boolean: true,
}

/** An event as a program would send it: the declared fields with values of their types. */
export function exampleOf(
  event: Pick<CatalogEvent, 'action' | 'targets' | 'fields'>,
): Record<string, unknown> {
  const [first] = event.targets
  const fields = event.fields.filter(({ place }) => place === 'metadata')
  const value = (key: string, type: string) => VALUES[type] ?? (type === 'id' ? `${key}_1` : key)
  return {
    action: event.action,
    actor: { type: 'user', id: 'usr_1', name: 'Lily Ari', email: 'lily@example.com' },
    ...(first !== undefined && { targets: [{ type: first, id: `${first}_7`, name: 'Example' }] }),
    ...(fields.length > 0 && {
      metadata: Object.fromEntries(fields.map(({ key, type }) => [key, value(key, type)])),
    }),
  }
}

/** The command that sends it; quotes inside are closed and opened again, as shells want. */
export function exampleCurl(origin: string, account: string, event: unknown, key: string): string {
  const json = JSON.stringify(event, null, 2).replaceAll("'", "'\\''")
  return [
    `curl -X POST ${origin}/v1/accounts/${encodeURIComponent(account)}/events`,
    `  -H 'Authorization: Bearer ${key}'`,
    "  -H 'Content-Type: application/json'",
    `  -d '${json}'`,
  ].join(' \\\n')
}
