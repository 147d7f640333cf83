import { createPostgresStore } from '../store/postgres.ts';
import { createSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';

/** The store at a file, or at the address of a PostgreSQL database. */
export const openPlace = (place: string): Promise<Store> =>
  place.startsWith('postgres')
    ? createPostgresStore({ url: place, connections: 4 })
    : createSqliteStore({ file: place });
