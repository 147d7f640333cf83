import type { contract, ImportKindName } from '@callweave/sdk/protocol';
import type { Domain } from '../domain.ts';
import type { Implementation } from '../http/operation.ts';
import type { Operations } from '../http/routes.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import type { ImportKind } from './import-kind.ts';
import { announce, type ImportRow, requireImport, step, toImport } from './import-rows.ts';
import { workOn } from './work.ts';

export interface CreateImportsOptions {
  readonly store: Store;
  // biome-ignore lint/suspicious/noExplicitAny: what a row of a kind is, is that kind's own matter
  readonly kinds: readonly ImportKind<any>[];
  readonly onError: (error: unknown) => void;
}

export interface Imports extends Domain {
  readonly operations: Operations;
  /** Takes all imports as far as they go without a person; for tests. */
  drain(): Promise<void>;
}

const RETRY_MS = 30_000;
const FORGET_AFTER_MS = 86_400_000;
const OPEN = ['receiving', 'checking', 'ready', 'faulty'];

/** Files on their way into the house: checked row by row, then written all together or not at all. */
export function createImports({ store, kinds, onError }: CreateImportsOptions): Imports {
  const byName = new Map<string, ImportKind>(kinds.map((kind) => [kind.name, kind]));
  let started = false;
  let stopped = false;
  let running: Promise<void> | undefined;
  let again = false;

  async function round(): Promise<void> {
    const rows = await store.db
      .selectFrom('imports')
      .select(['id', 'kind'])
      .where('state', 'in', ['checking', 'applying'])
      .orderBy('id')
      .execute();
    for (const { id, kind: name } of rows) {
      const kind = byName.get(name);
      if (stopped || kind === undefined) continue;
      // One that fails waits for the next turn; the others need not.
      await workOn(store, kind, id, () => stopped).catch(onError);
    }
  }

  function run(): Promise<void> {
    again = true;
    running ??= (async () => {
      try {
        while (again && !stopped) {
          again = false;
          await round();
        }
      } catch (error) {
        onError(error);
      } finally {
        running = undefined;
      }
    })();
    return running;
  }

  const wake = () => void (started && run());

  function kindOf(name: ImportKindName): ImportKind {
    const kind = byName.get(name);
    if (kind === undefined) throw new Problem('not-found', `Nothing is imported here as ${name}.`);
    return kind;
  }

  const moved = (row: ImportRow) => new Problem('import-state', `The import is ${row.state} now.`);

  const operations: Implementation<typeof contract.imports> = {
    async columns({ kind }) {
      return { columns: kindOf(kind).columns.map((column) => ({ ...column, headings: [...column.headings] })) };
    },

    upload: {
      async write(tx, { kind, fileName, csv, more }, { caller }) {
        kindOf(kind);
        if (csv.trim() === '') throw new Problem('import-unreadable', 'The file is empty.');
        const row: ImportRow = {
          id: newId('import', tx.now),
          kind,
          file_name: fileName,
          state: more ? 'receiving' : 'checking',
          parts: 1,
          rows_count: 0,
          checked: 0,
          applied: 0,
          faults: '[]',
          fault_count: 0,
          preview: '[]',
          created_by: caller.accountId,
          created_at: tx.now.toISOString(),
          ended_at: null,
        };
        await tx.db.insertInto('imports').values(row).execute();
        await tx.db.insertInto('import_parts').values({ import_id: row.id, part: 0, csv }).execute();
        tx.afterCommit(wake);
        return toImport(await announce(tx, row));
      },
    },

    append: {
      async write(tx, { importId, part, csv, more }) {
        const row = await requireImport(tx.db, importId);
        if (row.state !== 'receiving' || row.parts !== part) throw moved(row);
        await tx.db.insertInto('import_parts').values({ import_id: row.id, part, csv }).execute();
        tx.afterCommit(wake);
        return toImport(await step(tx, row, { parts: part + 1, state: more ? 'receiving' : 'checking' }));
      },
    },

    get: async ({ importId }) => toImport(await requireImport(store.db, importId)),

    async list({ kind, limit }) {
      let query = store.db.selectFrom('imports').selectAll().orderBy('id', 'desc').limit(limit);
      if (kind !== undefined) query = query.where('kind', '=', kind);
      return { imports: (await query.execute()).map(toImport) };
    },

    confirm: {
      async write(tx, { importId }, { caller }) {
        const row = await requireImport(tx.db, importId);
        if (row.state === 'applying' || row.state === 'applied') return toImport(row);
        if (row.state !== 'ready') throw moved(row);
        await tx.record({ actor: caller.accountId, action: 'import.confirmed', subject: `import:${row.id}` });
        tx.afterCommit(wake);
        return toImport(await step(tx, row, { state: 'applying' }));
      },
    },

    abort: {
      async write(tx, { importId }, { caller }) {
        const row = await requireImport(tx.db, importId);
        if (row.state === 'aborted') return toImport(row);
        if (row.state === 'applied') throw moved(row);
        await tx.record({ actor: caller.accountId, action: 'import.aborted', subject: `import:${row.id}` });
        return toImport(await step(tx, row, { state: 'aborted' }));
      },
    },
  };

  /** A file that nobody has confirmed within a day is taken back: it holds personal data. */
  const forget = () =>
    store.write(async (tx) => {
      const before = new Date(tx.now.getTime() - FORGET_AFTER_MS).toISOString();
      const old = await tx.db
        .selectFrom('imports')
        .selectAll()
        .where('state', 'in', OPEN)
        .where('created_at', '<', before)
        .execute();
      for (const row of old) await step(tx, row, { state: 'aborted' });
    });

  return {
    operations: { imports: operations },
    chores: [
      { name: 'imports', everyMs: RETRY_MS, run },
      { name: 'forgotten imports', everyMs: 3_600_000, run: forget },
    ],
    drain: run,
    start() {
      started = true;
      stopped = false;
      wake();
    },
    async stop() {
      stopped = true;
      started = false;
      await running;
    },
  };
}
