import { type contract, GENERAL_CHECKLIST } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import {
  type AccountNames,
  type ChecklistRow,
  itemsOf,
  publishInstallation,
  toChecklist,
} from './installation-rows.ts';
import { digestOf, PUBLISHED } from './sealed-record.ts';

export interface ChecklistParts {
  readonly store: Store;
  readonly accountNames: AccountNames;
  readonly typeExists: (db: Store['db'], typeId: string) => Promise<boolean>;
}

/** The published checklist that a device type goes by: its own, or else the general one. */
export async function checklistFor(db: Store['db'], typeId: string): Promise<ChecklistRow | undefined> {
  return (await newestOf(db, typeId, 'published')) ?? (await newestOf(db, GENERAL_CHECKLIST, 'published'));
}

async function newestOf(db: Store['db'], typeId: string, state: ChecklistRow['state']) {
  return db
    .selectFrom('checklists')
    .selectAll()
    .where('type_id', '=', typeId)
    .where('state', '=', state)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The contract's `checklists`. */
export function createChecklistOperations(parts: ChecklistParts): Implementation<typeof contract.checklists> {
  const { store, accountNames, typeExists } = parts;

  /** Forms that wait for their buyer are to show what is done today; those confirmed keep what was confirmed. */
  async function moveWaiting(tx: Tx, published: ChecklistRow): Promise<void> {
    const waiting = await tx.db
      .selectFrom('installations')
      .innerJoin('checklists', 'checklists.id', 'installations.checklist_id')
      .select(['installations.id', 'installations.revision'])
      .where('installations.state', '=', 'waiting')
      .where((eb) =>
        published.type_id === GENERAL_CHECKLIST
          ? eb('checklists.type_id', '=', GENERAL_CHECKLIST)
          : eb('installations.type_id', '=', published.type_id),
      )
      .execute();
    for (const { id, revision } of waiting) {
      await tx.db
        .updateTable('installations')
        .set({ checklist_id: published.id, revision: revision + 1 })
        .where('id', '=', id)
        .execute();
      await publishInstallation(tx, id, accountNames);
    }
  }

  return {
    async list() {
      const rows = await store.db.selectFrom('checklists').selectAll().orderBy('version', 'desc').execute();
      const seen = new Set<string>();
      const newest = rows.filter(({ type_id, state }) => {
        const key = `${state} ${type_id}`;
        return !seen.has(key) && seen.add(key);
      });
      return { checklists: newest.map(toChecklist) };
    },

    save: {
      async write(tx, { typeId, items, revision }, { caller }) {
        if (typeId !== GENERAL_CHECKLIST && !(await typeExists(tx.db, typeId)))
          throw new Problem('unknown-device-type', `There is no device type ${typeId}.`);
        const draft = await newestOf(tx.db, typeId, 'draft');
        if ((draft?.revision ?? 0) !== revision)
          throw new Problem('conflict', 'Somebody else has changed this draft since it was loaded.');
        const published = await newestOf(tx.db, typeId, 'published');
        const now = tx.now.toISOString();
        const ids = new Set<string>();
        const row: ChecklistRow = {
          id: draft?.id ?? newId('checklist', tx.now),
          type_id: typeId,
          version: draft?.version ?? (published?.version ?? 0) + 1,
          state: 'draft',
          items: JSON.stringify(
            items.map(({ id, texts }) => {
              // An item keeps its id over versions; the same one twice could be ticked once for both.
              const own = id === undefined || ids.has(id) ? newId('item', tx.now) : id;
              ids.add(own);
              return { id: own, texts };
            }),
          ),
          revision: revision + 1,
          updated_at: now,
          published_at: null,
        };
        if (draft === undefined) await tx.db.insertInto('checklists').values(row).execute();
        else await tx.db.updateTable('checklists').set(row).where('id', '=', row.id).execute();
        await tx.record({
          actor: caller.accountId,
          action: 'checklist.saved',
          subject: `checklist:${row.id}`,
          data: { typeId, version: row.version, items: items.length },
        });
        return toChecklist(row);
      },
    },

    publish: {
      async write(tx, { typeId, revision }, { caller }) {
        const draft = await newestOf(tx.db, typeId, 'draft');
        if (draft === undefined) throw new Problem('not-found', `There is no draft of a checklist for ${typeId}.`);
        if (draft.revision !== revision)
          throw new Problem('conflict', 'Somebody else has changed this draft since it was loaded.');
        if (itemsOf(draft).length === 0) throw new Problem('checklist-empty', 'The checklist has no items.');
        const published: ChecklistRow = { ...draft, state: 'published', published_at: tx.now.toISOString() };
        await tx.db.updateTable('checklists').set(published).where('id', '=', draft.id).execute();
        await tx.record({
          actor: caller.accountId,
          action: PUBLISHED,
          subject: `checklist:${draft.id}`,
          data: { typeId, version: draft.version, itemsHash: digestOf(canonicalJson(itemsOf(draft))) },
        });
        await moveWaiting(tx, published);
        return toChecklist(published);
      },
    },
  };
}
