import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CompiledQuery, type Dialect, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { type Clock, systemClock } from '../clock.ts';
import { CommittedEvents } from './committed-events.ts';
import { GroupCommit, type WriteSession } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { runCommand as run } from './run-command.ts';
import type { Database } from './schema.ts';
import { SqliteConnection, SqliteReadDriver } from './sqlite-driver.ts';
import type { Store } from './store.ts';
import { makeVolatileFolder, removeVolatileFolder } from './volatile-folder.ts';
import { WorkTx } from './work-tx.ts';

export interface SqliteStoreOptions {
  /** Path of the database file; its folder is made when it is missing. `':memory:'`: kept until {@link Store.close}. */
  readonly file: string;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** The embedded store: one file, WAL, and an fsync before every answer (`synchronous=FULL`). For one process. */
export async function createSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const volatile = options.file === ':memory:';
  // Readers and the writer are two connections, so that nobody reads what is not committed; memory cannot be shared so.
  const folder = volatile ? makeVolatileFolder() : dirname(options.file);
  if (!volatile) mkdirSync(folder, { recursive: true });
  const file = volatile ? join(folder, 'store.sqlite') : options.file;

  const writer = open(file, volatile ? 'OFF' : 'FULL');
  const writing = new SqliteConnection(writer);
  await migrate({ dialect: 'sqlite', execute: (sql) => writing.executeQuery(CompiledQuery.raw(sql)) });
  const reader = open(file, 'FULL');
  reader.exec('pragma query_only = on');

  const readDriver = new SqliteReadDriver(new SqliteConnection(reader));
  const dialect: Dialect = {
    createDriver: () => readDriver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
  const db = new Kysely<Database>({ dialect });
  const committed = new CommittedEvents();
  const session: WriteSession = {
    acquire: async () => writing,
    begin: (connection) => run(connection, 'begin immediate'),
    command: run,
    commit: (connection) => run(connection, 'commit'),
    rollback: (connection) => run(connection, 'rollback'),
    release: async () => {},
    createTx: (connection, now) => new WorkTx(dialect, readDriver, connection, now),
  };
  const group = new GroupCommit(session, options.clock ?? systemClock, (events) => committed.emit(events));

  return {
    dialect: 'sqlite',
    db,
    write: (work) => group.write(work),
    onCommitted: (listener) => committed.subscribe(listener),
    close: async () => {
      await group.close();
      await db.destroy();
      if (reader.isOpen) reader.close();
      if (writer.isOpen) writer.close();
      if (volatile) removeVolatileFolder(folder);
    },
  };
}

function open(file: string, synchronous: 'FULL' | 'OFF'): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
  database.exec(
    `pragma journal_mode = wal; pragma synchronous = ${synchronous}; pragma temp_store = memory; pragma cache_size = -16000`,
  );
  return database;
}
