import type { LedgerEntry } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { type ChainBreak, type ChainHead, findChainBreak, GENESIS_HASH, type LedgerRow } from './ledger.ts';

const PAGE = 2000;

export function toEntry(row: LedgerRow): LedgerEntry {
  return {
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    data: parsed(row.data),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** A tampered line must still be shown. */
function parsed(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : { unreadable: data };
  } catch {
    return { unreadable: data };
  }
}

export interface ChainWalk {
  /** The last entry before a break, or of all. */
  readonly head: ChainHead;
  readonly broken: ChainBreak | undefined;
}

/** Walks the whole chain, page by page; `visit` sees every row that holds. */
export async function walkChain(db: Kysely<Database>, visit: (row: LedgerRow) => void = () => {}): Promise<ChainWalk> {
  let head: ChainHead = { seq: 0, hash: GENESIS_HASH };
  let first = true;
  for (;;) {
    // Rows numbered below 1 can only have been put there by hand: the first page must show them.
    const rows: LedgerRow[] = await db
      .selectFrom('ledger')
      .selectAll()
      .$if(!first, (query) => query.where('seq', '>', head.seq))
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    first = false;
    const broken = findChainBreak(rows, head);
    if (broken) return { head, broken };
    rows.forEach(visit);
    const last = rows.at(-1);
    if (!last) return { head, broken: undefined };
    head = { seq: last.seq, hash: last.hash };
  }
}

/** The lines about these subjects, oldest first. */
export async function linesAbout(db: Kysely<Database>, subjects: readonly string[]): Promise<LedgerEntry[]> {
  if (subjects.length === 0) return [];
  const rows = await db.selectFrom('ledger').selectAll().where('subject', 'in', subjects).orderBy('seq').execute();
  return rows.map(toEntry);
}
