import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { type Clock, systemClock } from '../clock.ts';
import { CommittedEvents } from './committed-events.ts';
import { storeUnavailable } from './faults.ts';
import { GroupCommit, type WriteSession } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { listenForEvents } from './postgres-listener.ts';
import { runCommand as run } from './run-command.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';
import { WorkTx } from './work-tx.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`. Give this or `pool`. */
  readonly url?: string;
  /** A pool of the `pg` package that the host already has; it is then not ended by {@link Store.close}. */
  readonly pool?: Pool;
  /** Connections when `url` is given. @default 10 */
  readonly connections?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** All writers of one database take this lock for the length of a group commit, so that there is one chain and one log. */
const WRITE_LOCK = 4_226_771_002;
export const EVENTS_CHANNEL = 'callweave_events';

/** A store that several adapter processes share. Needs the `pg` package, which the host installs. */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { pool, owned } = await poolOf(options);
  const dialect = new PostgresDialect({ pool: numberPool(pool) });
  const driver = dialect.createDriver();
  await driver.init();
  try {
    await migrateWith(pool);
  } catch (error) {
    if (owned) await pool.end();
    throw error;
  }
  const db = new Kysely<Database>({ dialect });
  const committed = new CommittedEvents();
  const listener = listenForEvents(pool, EVENTS_CHANNEL, () => committed.emit([]));
  const origin = listener.origin;
  const session: WriteSession = {
    acquire: () => driver.acquireConnection(),
    begin: async (connection) => {
      await run(connection, 'begin');
      await run(connection, `select pg_advisory_xact_lock(${WRITE_LOCK})`);
    },
    command: run,
    commit: (connection) => driver.commitTransaction(connection),
    rollback: (connection) => driver.rollbackTransaction(connection),
    release: (connection) => driver.releaseConnection(connection),
    createTx: (connection, now) => new WorkTx(dialect, driver, connection, now),
    announce: async (connection, lastSeq) => {
      await connection.executeQuery(
        CompiledQuery.raw('select pg_notify($1, $2)', [EVENTS_CHANNEL, `${origin}:${lastSeq}`]),
      );
    },
  };
  const group = new GroupCommit(session, options.clock ?? systemClock, (events) => committed.emit(events));

  return {
    dialect: 'postgres',
    db,
    write: (work) => group.write(work),
    onCommitted: (subscriber) => committed.subscribe(subscriber),
    close: async () => {
      await group.close();
      await listener.stop();
      if (owned && !pool.ended) await pool.end();
    },
  };
}

async function poolOf(options: PostgresStoreOptions): Promise<{ pool: Pool; owned: boolean }> {
  if (options.pool !== undefined) return { pool: options.pool, owned: false };
  if (options.url === undefined) throw new Error('createPostgresStore needs `url` or `pool`.');
  let pg: typeof import('pg');
  try {
    const loaded = (await import('pg')) as typeof import('pg') & { default?: typeof import('pg') };
    pg = loaded.default ?? loaded;
  } catch (cause) {
    throw new Error('The PostgreSQL store needs the package "pg": npm install pg', { cause });
  }
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  return { pool, owned: true };
}

/** int8 (20) and numeric (1700, what sum() gives) are read as numbers; our figures stay below 2^53. */
const types = {
  getTypeParser: (id: number) =>
    id === 20 || id === 1700 ? Number : id === 16 ? (text: string) => text === 't' : (text: string) => text,
};

/** The pool as Kysely sees it. The parsers travel with each query, so that a pool of the host keeps its own. */
function numberPool(pool: Pool): PostgresPool {
  const wrapped = new WeakMap<PoolClient, PostgresPoolClient>();
  const wrap = (client: PoolClient): PostgresPoolClient => ({
    query: ((text: string, values: unknown[]) => client.query({ text, values, types: types as never })) as never,
    release: () => client.release(),
  });
  return {
    options: pool.options as never,
    connect: async () => {
      const client = await pool.connect().catch((error: unknown) => {
        // Whatever kept us from connecting, the request itself is not to blame.
        throw storeUnavailable(error);
      });
      const known = wrapped.get(client);
      if (known !== undefined) return known;
      // The pool listens to idle clients only: a connection that breaks while it is in use must not end the process.
      client.on('error', () => {});
      const fresh = wrap(client);
      wrapped.set(client, fresh);
      return fresh;
    },
    end: async () => {},
  };
}

async function migrateWith(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await migrate({ dialect: 'postgres', execute: (sql) => client.query(sql) });
  } finally {
    client.release();
  }
}
