import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { type EncodedEvent, encodeEvent } from './encode.ts';
import { PROJECTION_PREFIX } from './projection.ts';

const PAGE = 500;
/** Kept in memory, encoded: what a page that was away for a moment asks for. */
const RECENT = 2_000;
const DAY_MS = 86_400_000;
const MOST_DAYS_BEHIND = 30;

/**
 * The event log as one gapless sequence: events that this process wrote come from memory, those of other processes are
 * read from the table, and listeners get both in order of `seq`.
 */
export class EventLog {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #listener: (event: EncodedEvent) => void;
  #recent: EncodedEvent[] = [];
  #last = 0;
  #reading: Promise<void> | undefined;
  #readAgain = false;
  #unsubscribe: () => void = () => {};

  constructor(store: Store, clock: Clock, listener: (event: EncodedEvent) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** The newest event that listeners have got. */
  get last(): number {
    return this.#last;
  }

  async start(): Promise<void> {
    const row = await this.#store.db
      .selectFrom('events')
      .select('seq')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    this.#last = row?.seq ?? 0;
    this.#unsubscribe = this.#store.onCommitted((events) => {
      const [first] = events;
      if (first !== undefined && first.seq === this.#last + 1 && this.#reading === undefined)
        for (const event of events) this.#append(encodeEvent(event));
      else this.#readOn();
    });
    // What was written between the query and the subscription.
    this.#readOn();
    await this.#reading;
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#reading;
  }

  /** All events after `seq` when they are still in memory; undefined when the table has to be asked. */
  recentAfter(seq: number): readonly EncodedEvent[] | undefined {
    if (seq === this.#last) return [];
    const oldest = this.#recent[0];
    if (oldest === undefined || seq < oldest.seq - 1) return undefined;
    return this.#recent.slice(seq - oldest.seq + 1);
  }

  /** The oldest event that is kept; the next one to come when none is. */
  async oldest(): Promise<number> {
    const row = await this.#store.db.selectFrom('events').select('seq').orderBy('seq').limit(1).executeTakeFirst();
    return row?.seq ?? this.#last + 1;
  }

  /** One page of the table, in order. */
  async readAfter(seq: number): Promise<EncodedEvent[]> {
    const rows = await this.#store.db
      .selectFrom('events')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    return rows.map((row) => encodeEvent({ ...row, audience: JSON.parse(row.audience) as [] }));
  }

  /**
   * Removes what is older than `days`, but never the last: it holds the sequence. What a projection has not derived yet
   * stays, for a month at most: one that is no longer used must not keep the log for ever.
   */
  async prune(days: number): Promise<void> {
    const now = this.#clock.now().getTime();
    const before = new Date(now - days * DAY_MS).toISOString();
    const longAgo = new Date(now - (days + MOST_DAYS_BEHIND) * DAY_MS).toISOString();
    const last = this.#last;
    await this.#store.write(async (tx) => {
      const { slowest } = await tx.db
        .selectFrom('counters')
        .select((eb) => eb.fn.min('value').as('slowest'))
        .where('name', 'like', `${PROJECTION_PREFIX}%`)
        .executeTakeFirstOrThrow();
      const derived = slowest === null ? last : Number(slowest);
      await tx.db
        .deleteFrom('events')
        .where('at', '<', before)
        .where('seq', '<', last)
        .where((eb) => eb.or([eb('seq', '<=', derived), eb('at', '<', longAgo)]))
        .execute();
    });
  }

  #append(event: EncodedEvent): void {
    this.#last = event.seq;
    this.#recent.push(event);
    if (this.#recent.length > RECENT * 2) this.#recent = this.#recent.slice(-RECENT);
    this.#listener(event);
  }

  #readOn(): void {
    this.#readAgain = true;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = undefined;
    });
  }

  async #readAll(): Promise<void> {
    while (this.#readAgain) {
      this.#readAgain = false;
      try {
        for (let page = await this.readAfter(this.#last); page.length > 0; page = await this.readAfter(this.#last)) {
          for (const event of page) this.#append(event);
        }
      } catch {
        // The store is away. The next commit, or the listener's reconnection, looks again.
        return;
      }
    }
  }
}
