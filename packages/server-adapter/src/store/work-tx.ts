import { type DatabaseConnection, DefaultQueryExecutor, type Dialect, type Driver, Kysely } from 'kysely';
import { canonicalJson } from '../canonical-json.ts';
import { chainHash, GENESIS_HASH } from '../evidence/ledger.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';
import type { Audience, Tx } from './store.ts';

/** An event as it stands in the log. `data` is JSON text already: it is written to pages as it is. */
export interface StoredEvent {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly data: string;
  readonly audience: Audience;
}

/** Where the log and the chain end within one batch; read from the tables when first needed. */
export interface ChainPosition {
  eventSeq?: number;
  ledger?: { seq: number; hash: string };
}

type EventDraft = Parameters<Tx['publish']>[0];
type LedgerDraft = Parameters<Tx['record']>[0];

const ROWS_PER_INSERT = 1000;

const lastEvent = prepared((db) => db.selectFrom('events').select('seq').orderBy('seq', 'desc').limit(1));
const ledgerHead = prepared((db) => db.selectFrom('ledger').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1));
const insertEvent = prepared((db, p) =>
  db.insertInto('events').values({ seq: p(0), at: p(1), type: p(2), data: p(3), audience: p(4) }),
);
const insertLine = prepared((db, p) =>
  db.insertInto('ledger').values({
    seq: p(0),
    at: p(1),
    actor: p(2),
    action: p(3),
    subject: p(4),
    data: p(5),
    previous_hash: p(6),
    hash: p(7),
  }),
);

/** One work of a group commit. Events and ledger lines are gathered and written when the work has succeeded. */
export class WorkTx implements Tx {
  readonly db: Kysely<Database>;
  readonly now: Date;
  readonly effects: (() => void)[] = [];
  /** Filled by {@link flush}. */
  events: StoredEvent[] = [];
  /** False once the work is over: a query that somebody forgot to await must not slip into another's savepoint. */
  open = true;
  readonly #drafts: { type: string; data: string; audience: Audience }[] = [];
  readonly #lines: Required<LedgerDraft>[] = [];
  #ledger: { seq: number; hash: string } | undefined;

  constructor(dialect: Dialect, driver: Driver, connection: DatabaseConnection, now: Date) {
    this.now = now;
    const executor = new DefaultQueryExecutor(dialect.createQueryCompiler(), dialect.createAdapter(), {
      provideConnection: (consumer) => {
        if (!this.open) throw new Error('A query ran after its write had ended. Await every query inside the work.');
        return consumer(connection);
      },
    });
    this.db = new Kysely<Database>({ config: { dialect }, dialect, driver, executor });
  }

  async publish(event: EventDraft, audience: Audience): Promise<void> {
    this.#drafts.push({ type: event.type, data: JSON.stringify(event.data), audience });
  }

  async record(entry: LedgerDraft): Promise<void> {
    // Copied now: the caller may change the object before the work ends.
    this.#lines.push({ ...entry, data: JSON.parse(canonicalJson(entry.data ?? {})) as Record<string, unknown> });
  }

  afterCommit(effect: () => void): void {
    this.effects.push(effect);
  }

  async next(counter: string): Promise<number> {
    const row = await this.db
      .insertInto('counters')
      .values({ name: counter, value: 1 })
      .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })))
      .returning('value')
      .executeTakeFirstOrThrow();
    return row.value;
  }

  async flush(position: ChainPosition): Promise<void> {
    if (this.#drafts.length > 0) await this.#flushEvents(position);
    if (this.#lines.length > 0) await this.#flushLedger(position);
  }

  /** Moves the batch's position on; called when the savepoint is released, so that a failed work leaves no gap. */
  settle(position: ChainPosition): void {
    const last = this.events.at(-1);
    if (last !== undefined) position.eventSeq = last.seq;
    if (this.#ledger !== undefined) position.ledger = this.#ledger;
  }

  async #flushEvents(position: ChainPosition): Promise<void> {
    position.eventSeq ??= (await lastEvent(this.db))[0]?.seq ?? 0;
    let seq = position.eventSeq;
    const at = this.now.toISOString();
    this.events = this.#drafts.map((draft) => ({ seq: (seq += 1), at, ...draft }));
    const rows = this.events.map((row) => ({ ...row, audience: JSON.stringify(row.audience) }));
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) {
      await insertEvent(this.db, only.seq, only.at, only.type, only.data, only.audience);
      return;
    }
    for (const part of chunks(rows)) await this.db.insertInto('events').values(part).execute();
  }

  async #flushLedger(position: ChainPosition): Promise<void> {
    position.ledger ??= (await ledgerHead(this.db))[0] ?? { seq: 0, hash: GENESIS_HASH };
    let head = position.ledger;
    const at = this.now.toISOString();
    const rows = this.#lines.map(({ actor, action, subject, data }) => {
      const entry = { seq: head.seq + 1, at, actor, action, subject, data, previousHash: head.hash };
      head = { seq: entry.seq, hash: chainHash(entry) };
      return {
        seq: entry.seq,
        at,
        actor,
        action,
        subject,
        data: canonicalJson(data),
        previous_hash: entry.previousHash,
        hash: head.hash,
      };
    });
    this.#ledger = head;
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) {
      await insertLine(
        this.db,
        only.seq,
        only.at,
        only.actor,
        only.action,
        only.subject,
        only.data,
        only.previous_hash,
        only.hash,
      );
      return;
    }
    for (const part of chunks(rows)) await this.db.insertInto('ledger').values(part).execute();
  }
}

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) yield rows.slice(from, from + ROWS_PER_INSERT);
}
