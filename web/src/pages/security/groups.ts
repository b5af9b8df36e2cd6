/** A long secret in groups of four, as people type it; apps ignore the spaces. */
export function inGroups(secret: string): string {
  return secret.replace(/\s+/g, '').replace(/(.{4})(?=.)/g, '$1 ')
}
