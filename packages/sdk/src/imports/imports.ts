import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { importsRoutes } from '../http/routes/imports.ts';
import type { Import, ImportKindName } from '../protocol/import.ts';
import { createArrivals } from '../state/arrivals.ts';
import { type Readable, Value } from '../state/readable.ts';

export interface FollowedImport {
  readonly state: Readable<Import>;
  close(): void;
}

/** Tables on their way into the house: checked row by row, confirmed by a person, written all together or not at all. */
export interface Imports {
  /** Gives in a CSV file, in parts where it is large; it is checked, and nothing is written. */
  upload(kind: ImportKindName, csv: string, fileName?: string): Promise<Import>;
  /** Keeps an import true by events until it is closed. */
  follow(known: Import): FollowedImport;
  /** Writes all rows; it goes on by itself, also when the page is closed. */
  confirm(importId: string): Promise<Import>;
  /** Takes it back before it is written. */
  abort(importId: string): Promise<Import>;
  /** The newest first. */
  list(kind: ImportKindName): Promise<readonly Import[]>;
  columns(kind: ImportKindName): Promise<readonly { readonly name: string; readonly required: boolean }[]>;
}

export interface ImportsManager extends Imports {
  reload(): void;
  reset(): void;
  handleImport(changed: Import): void;
}

/** Far below what a request may hold: a letter may take several bytes, and escapes more. */
const PART = 250_000;

export function createImports(client: Pick<Client, 'imports'>): ImportsManager {
  const followed = new Set<{ readonly id: string; readonly value: Value<Import> }>();
  const { event: handleImport, answer: after } = createArrivals<Import>((changed) => {
    for (const { id, value } of followed) if (id === changed.id) value.set(changed);
  });
  return {
    async upload(kind, csv, fileName = 'import.csv') {
      const parts = Math.max(1, Math.ceil(csv.length / PART));
      const part = (index: number) => ({ csv: csv.slice(index * PART, (index + 1) * PART), more: index + 1 < parts });
      let given = await client.imports.upload({ kind, fileName, ...part(0) });
      for (let index = 1; index < parts; index += 1)
        given = await client.imports.append({ importId: given.id, part: index, ...part(index) });
      return given;
    },
    follow(known) {
      const entry = { id: known.id, value: new Value(known) };
      followed.add(entry);
      // What happened since it was known.
      void after(client.imports.get({ importId: known.id })).catch(() => undefined);
      return { state: entry.value, close: () => followed.delete(entry) };
    },
    confirm: (importId) => after(client.imports.confirm({ importId })),
    abort: (importId) => after(client.imports.abort({ importId })),
    list: async (kind) => (await client.imports.list({ kind })).imports,
    columns: async (kind) => (await client.imports.columns({ kind })).columns,
    handleImport,
    reload() {
      for (const { id } of followed) void after(client.imports.get({ importId: id })).catch(() => undefined);
    },
    reset() {
      followed.clear();
    },
  };
}

/** Tables on their way into the house. */
export const imports: Feature<Imports> = {
  name: 'imports',
  create({ clientFor, on, keep }) {
    const made = createImports(clientFor({ imports: importsRoutes }));
    on('import', ({ data }) => made.handleImport(data));
    keep(made);
    return made;
  },
};
