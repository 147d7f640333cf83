import { Problem } from '../problem.ts';

/** Primary SQLite result codes that say "not now" rather than "wrong": busy, locked, read-only, I/O, full, cannot open. */
const SQLITE_FAULTS = new Set([5, 6, 8, 10, 13, 14]);

/** PostgreSQL classes: 08 connection, 53 resources (disk full, too many connections), 57P operator, 55006/25006 read-only. */
const POSTGRES_FAULTS = /^(08|53|57P|25006|55006|40001|40P01)/;
const NETWORK_FAULTS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOSPC',
  'EROFS',
  'EIO',
]);

/** True when the database itself is in trouble, so that the same request can succeed later. */
export function isStoreFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as Error & { code?: unknown; errcode?: unknown };
  if (typeof errcode === 'number') return SQLITE_FAULTS.has(errcode & 0xff);
  if (typeof code === 'string')
    return NETWORK_FAULTS.has(code) || (/^[0-9A-Z]{5}$/.test(code) && POSTGRES_FAULTS.test(code));
  // `pg` reports a lost or exhausted connection by message alone.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/.test(
    error.message,
  );
}

export function storeUnavailable(cause: unknown): Problem {
  return new Problem('unavailable', 'The store cannot take writes at the moment.', { cause, retryAfterSeconds: 2 });
}
