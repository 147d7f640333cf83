import type { DeskEvent, DeskEventType } from '@callweave/sdk/protocol';
import type { Store, Tx } from '../store/store.ts';

/** An event of the log as a projection gets it: typed by its kind, whole. */
export type LoggedEvent<T extends DeskEventType> = Extract<DeskEvent, { type: T }>;

export interface ProjectionOptions<T extends DeskEventType> {
  readonly store: Store;
  /** Names its position in the log: never given to another projection, never changed. */
  readonly name: string;
  readonly types: readonly T[];
  /** Derives what the event means. Runs in the write that also moves the position on; it may run again after a failure. */
  apply(tx: Tx, event: LoggedEvent<T>): Promise<void>;
  readonly onError: (error: unknown) => void;
}

export interface Projection {
  /** Where it stands: everything up to this `seq` is derived. */
  readonly position: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Settles when all that is in the log now is derived. */
  caughtUp(): Promise<void>;
}

/** Positions stand among the counters, under this and the projection's name. */
export const PROJECTION_PREFIX = 'projection:';

const BATCH = 200;
const RETRY_MS = 1_000;
/** A position that moved over events of other kinds alone is written this rarely: reading them again does no harm. */
const WRITE_POSITION_EVERY = 2_000;

/** Another process has derived this batch meanwhile. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * Follows the durable event log and derives from it: each event exactly once, also when the process is killed, and by one
 * process only where several share a store. An event that cannot be derived holds up this projection, and nothing else,
 * until it can: what comes after it may depend on it.
 *
 * A call is published several times, once for each group of people who see it in their way. Only the true state, which
 * goes to the supervisors, is passed on.
 */
export function createProjection<T extends DeskEventType>(options: ProjectionOptions<T>): Projection {
  const { store, name, types, apply, onError } = options;
  const counter = `${PROJECTION_PREFIX}${name}`;
  let position = 0;
  let written = 0;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;
  let unsubscribe = () => {};
  let wake = () => {};

  async function readPosition(): Promise<void> {
    const row = await store.db.selectFrom('counters').select('value').where('name', '=', counter).executeTakeFirst();
    position = written = Number(row?.value ?? 0);
  }

  async function movePosition(tx: Tx, from: number, to: number): Promise<void> {
    const inserted = await tx.db
      .insertInto('counters')
      .values({ name: counter, value: 0 })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    if (from > 0 && inserted.numInsertedOrUpdatedRows === 1n) throw new Overtaken('The position is gone.');
    const { numUpdatedRows } = await tx.db
      .updateTable('counters')
      .set({ value: to })
      .where('name', '=', counter)
      .where('value', '=', from)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Overtaken(`Another process follows "${name}" too.`);
  }

  /** @returns whether there may be more */
  async function batch(): Promise<boolean> {
    const rows = await store.db
      .selectFrom('events')
      .selectAll()
      .where('seq', '>', position)
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return false;
    const to = Number(last.seq);
    const wanted = rows.filter((row) => isWanted(row, types));
    if (wanted.length > 0 || to - written >= WRITE_POSITION_EVERY) {
      const from = written;
      await store.write(async (tx) => {
        await movePosition(tx, from, to);
        for (const { seq, at, type, data } of wanted)
          await apply(tx, { seq: Number(seq), at, type, data: JSON.parse(data) } as LoggedEvent<T>);
      });
      written = to;
    }
    position = to;
    return rows.length === BATCH;
  }

  async function follow(): Promise<void> {
    do {
      again = false;
      try {
        while (!stopped && (await batch()));
      } catch (error) {
        if (!(error instanceof Overtaken)) {
          onError(error);
          await pause();
        }
        if (stopped) return;
        await readPosition().catch(onError);
        again = true;
      }
    } while (again && !stopped);
  }

  function run(): Promise<void> {
    again = true;
    running ??= follow().finally(() => {
      running = undefined;
    });
    return running;
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      if (stopped) return resolve();
      const timer = setTimeout(resolve, RETRY_MS).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    get position() {
      return position;
    },
    async start() {
      if (!stopped) return;
      stopped = false;
      await readPosition();
      unsubscribe = store.onCommitted(() => void run());
      void run();
    },
    async stop() {
      stopped = true;
      unsubscribe();
      wake();
      await running;
    },
    caughtUp: run,
  };
}

function isWanted(row: { readonly type: string; readonly audience: string }, types: readonly string[]): boolean {
  if (!types.includes(row.type)) return false;
  return row.type !== 'call' || (JSON.parse(row.audience) as string[]).includes('role:supervisor');
}
