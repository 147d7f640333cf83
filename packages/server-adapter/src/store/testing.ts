import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, inject as injectAny, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { createPostgresStore } from './postgres.ts';
import { createSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

/** Provided by the global set-up of the package's tests (`vitest.postgres.ts`), which stands outside the build. */
const inject = injectAny as unknown as (
  key: 'postgres',
) => { readonly url?: string; readonly missing?: string } | undefined;

export interface TestStoreOptions {
  readonly clock?: Clock;
}

/** Makes an empty store with its own file or database. All are closed and removed after the suite. */
export type MakeStore = (options?: TestStoreOptions) => Promise<Store>;

/**
 * Runs a suite on both databases: SQLite in a temporary file, and a real PostgreSQL. Where PostgreSQL cannot be had it
 * shows as skipped; with `CI=true` that is a failure.
 */
export function describeStores(name: string, suite: (makeStore: MakeStore, dialect: Store['dialect']) => void): void {
  describe(`${name} (sqlite)`, () => suite(sqliteStores(), 'sqlite'));
  describe(`${name} (postgres)`, () => {
    const provided = inject('postgres');
    if (provided?.url !== undefined) return suite(postgresStores(provided.url), 'postgres');
    const reason = provided?.missing ?? 'no PostgreSQL was prepared for this run';
    if (process.env['CI'] === 'true') test(`needs PostgreSQL: ${reason}`, () => Promise.reject(new Error(reason)));
    // biome-ignore lint/suspicious/noSkippedTests: shows in the summary what did not run, and why
    else test.skip(`needs PostgreSQL: ${reason}`, () => {});
  });
}

/** Address of the cluster that this run has, for tests that open databases in processes of their own. */
export const postgresCluster = (): string | undefined => inject('postgres')?.url;

/** For a test that needs SQLite alone. Call it inside a `describe`. */
export function sqliteStores(): MakeStore {
  const folder = mkdtempSync(join(tmpdir(), 'callweave-test-'));
  const stores: Store[] = [];
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    rmSync(folder, { recursive: true, force: true });
  });
  return async (options = {}) => {
    const store = await createSqliteStore({
      file: join(folder, `${randomBytes(6).toString('hex')}.sqlite`),
      ...options,
    });
    stores.push(store);
    return store;
  };
}

function postgresStores(clusterUrl: string): MakeStore {
  const stores: Store[] = [];
  const databases: string[] = [];
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    for (const name of databases) await onCluster(clusterUrl, `drop database if exists ${name} with (force)`);
  });
  return async (options = {}) => {
    const url = await createTestDatabase(clusterUrl);
    databases.push(new URL(url).pathname.slice(1));
    const store = await createPostgresStore({ url, connections: 4, ...options });
    stores.push(store);
    return store;
  };
}

/** A fresh database in the test cluster; gives its address. */
export async function createTestDatabase(clusterUrl: string): Promise<string> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  await onCluster(clusterUrl, `create database ${name}`);
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onCluster(url: string, sql: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
