import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';

/** What the first entry of a chain follows. */
export const GENESIS_HASH = '0'.repeat(64);

/** The hashed part of a ledger entry, in the words of the contract. */
export interface ChainEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly data: unknown;
  readonly previousHash: string;
}

/** SHA-256 over the canonical JSON of an entry, lower-case hex. */
export function chainHash(entry: ChainEntry): string {
  const { seq, at, actor, action, subject, data, previousHash } = entry;
  return createHash('sha256')
    .update(canonicalJson({ seq, at, actor, action, subject, data, previousHash }))
    .digest('hex');
}

/** A row of the ledger as it is stored; `data` is canonical JSON text. */
export interface LedgerRow {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly data: string;
  readonly previous_hash: string;
  readonly hash: string;
}

export interface ChainBreak {
  readonly seq: number;
  readonly detail: string;
}

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Walks rows in order of `seq`. Flipped, swapped, inserted and deleted rows are all found, because each row must carry
 * the next number, the hash of the row before, and the hash of its own content.
 * @param start the head that the first row must follow; for a walk from the beginning leave it out
 */
export function findChainBreak(
  rows: Iterable<LedgerRow>,
  start: ChainHead = { seq: 0, hash: GENESIS_HASH },
): ChainBreak | undefined {
  let head = start;
  for (const row of rows) {
    if (row.seq !== head.seq + 1)
      return { seq: row.seq, detail: `entry ${head.seq + 1} is missing before entry ${row.seq}` };
    if (row.previous_hash !== head.hash)
      return { seq: row.seq, detail: `entry ${row.seq} does not follow entry ${head.seq}` };
    if (hashOfRow(row) !== row.hash)
      return { seq: row.seq, detail: `the content of entry ${row.seq} does not match its hash` };
    head = { seq: row.seq, hash: row.hash };
  }
  return undefined;
}

/** The hash that a stored row ought to have; empty when its data is not even JSON. */
export function hashOfRow(row: LedgerRow): string {
  try {
    const { seq, at, actor, action, subject } = row;
    const data: unknown = JSON.parse(row.data);
    // Stored canonically: spaces or doubled keys that were slipped in are a change, too.
    if (canonicalJson(data) !== row.data) return '';
    return chainHash({ seq, at, actor, action, subject, data, previousHash: row.previous_hash });
  } catch {
    return '';
  }
}
