/**
 * JSON with one possible spelling: keys sorted at every level, no spaces, keys without a value left out. Whoever checks
 * the chain with another tool needs nothing but this rule and SHA-256.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
