import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPostgresStore } from '../store/postgres.ts';
import { createSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';

/** Options that every command on a store has, for `parseArgs`. */
export const storeOptions = {
  data: { type: 'string', default: 'callweave-data' },
  postgres: { type: 'string' },
} as const;

export const STORE_USAGE = `  --data FOLDER      where everything is kept [callweave-data]
  --postgres URL     keep the data in PostgreSQL instead of the folder (recordings stay in the folder)`;

export interface DataFolder {
  readonly path: string;
  readonly recordings: string;
  readonly pepper: string;
}

/** The folder of an adapter that runs alone. */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return {
    path,
    recordings: join(path, 'recordings'),
    pepper: process.env['CALLWEAVE_PEPPER'] ?? ownPepper(join(path, 'pepper')),
  };
}

export function openStore(folder: DataFolder, postgres: string | undefined): Promise<Store> {
  return postgres === undefined
    ? createSqliteStore({ file: join(folder.path, 'callweave.sqlite') })
    : createPostgresStore({ url: postgres });
}

/** Beside the database, not in it: whoever copies the database alone cannot guess passwords, PINs or answers. */
function ownPepper(file: string): string {
  try {
    // `wx`: of two processes that start at once, one makes it and both read it.
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
