/** A command that records a first event; it runs in every shell that has curl. */
export function appendCurl(origin: string, account: string, token: string): string {
  const actor = '{"type": "user", "id": "usr_1", "name": "Lily Ari"}'
  const event = `{\n    "action": "user.login",\n    "actor": ${actor}\n  }`
  return [
    `curl -X POST ${origin}/v1/accounts/${encodeURIComponent(account)}/events`,
    `  -H 'Authorization: Bearer ${token}'`,
    "  -H 'Content-Type: application/json'",
    `  -d '${event}'`,
  ].join(' \\\n')
}
