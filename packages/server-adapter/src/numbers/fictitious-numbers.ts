import type { contract, FictitiousNumber } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import type { NumbersContext } from './numbers-context.ts';
import { endOverdue, publishChange } from './overdue.ts';
import { requireActiveProject } from './projects.ts';
import { type Db, findNumber, type NumberRow, projectNames } from './rows.ts';

/** The contract's `fictitiousNumbers`: the stock of numbers that stand for people, and the project of each. */
export function createFictitiousNumbers(context: NumbersContext): Implementation<typeof contract.fictitiousNumbers> {
  const { store, dayOf } = context;

  async function known(tx: Tx, id: string): Promise<NumberRow> {
    const row = await findNumber(tx.db, id);
    if (row === undefined) throw new Problem('not-found', `There is no fictitious number ${id}.`);
    return row;
  }

  async function requireUnpaired(tx: Tx, row: NumberRow): Promise<void> {
    const paired = await tx.db
      .selectFrom('pairings')
      .select('id')
      .where('number_id', '=', row.id)
      .where('state', '=', 'active')
      .executeTakeFirst();
    if (paired !== undefined) throw new Problem('fictitious-number-paired', 'This number is paired with somebody.');
  }

  async function show(tx: Tx, row: NumberRow): Promise<FictitiousNumber> {
    const [shown] = await showNumbers(tx.db, [row]);
    if (shown === undefined) throw new Problem('not-found', `There is no fictitious number ${row.id}.`);
    return shown;
  }

  return {
    async list() {
      const rows = await store.db.selectFrom('fictitious_numbers').selectAll().orderBy('number').execute();
      return { numbers: await showNumbers(store.db, rows) };
    },

    create: {
      async write(tx, { number, projectId }, { caller }) {
        await endOverdue(tx, dayOf(tx.now));
        if (projectId !== null) await requireActiveProject(tx, projectId, dayOf(tx.now));
        requireForeign(context, number);
        const row = await addNumber(tx, number, projectId);
        if (row === undefined)
          throw new Problem('fictitious-number-taken', 'This number is in the stock already.', {
            fields: [{ path: 'number', message: 'is in the stock already' }],
          });
        await tx.record({
          actor: caller.accountId,
          action: 'fictitious-number.added',
          subject: `fictitious-number:${row.id}`,
          data: { projectId },
        });
        await publishChange(tx, []);
        return show(tx, row);
      },
    },

    assign: {
      async write(tx, { numberId, projectId }, { caller }) {
        await endOverdue(tx, dayOf(tx.now));
        const row = await known(tx, numberId);
        if (row.project_id === projectId) return show(tx, row);
        if (projectId !== null) await requireActiveProject(tx, projectId, dayOf(tx.now));
        await requireUnpaired(tx, row);
        await tx.db.updateTable('fictitious_numbers').set({ project_id: projectId }).where('id', '=', row.id).execute();
        await tx.record({
          actor: caller.accountId,
          action: 'fictitious-number.assigned',
          subject: `fictitious-number:${row.id}`,
          data: { projectId },
        });
        await publishChange(tx, []);
        return show(tx, { ...row, project_id: projectId });
      },
    },

    remove: {
      async write(tx, { numberId }, { caller }) {
        await endOverdue(tx, dayOf(tx.now));
        const row = await known(tx, numberId);
        await requireUnpaired(tx, row);
        await tx.db.deleteFrom('fictitious_numbers').where('id', '=', row.id).execute();
        await tx.record({
          actor: caller.accountId,
          action: 'fictitious-number.removed',
          subject: `fictitious-number:${row.id}`,
        });
        await publishChange(tx, []);
        return {};
      },
    },
  };
}

/** @returns undefined when we have it already */
export async function addNumber(tx: Tx, number: string, projectId: string | null): Promise<NumberRow | undefined> {
  const row: NumberRow = {
    id: newId('number', tx.now),
    number,
    project_id: projectId,
    created_at: tx.now.toISOString(),
  };
  const inserted = await tx.db
    .insertInto('fictitious_numbers')
    .values(row)
    .onConflict((conflict) => conflict.column('number').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 0n ? undefined : row;
}

/** The numbers of the exchange itself lead elsewhere. */
function requireForeign({ ownNumbers }: NumbersContext, number: string): void {
  if (ownNumbers.includes(number))
    throw new Problem('invalid-input', 'This is a number of the exchange itself.', {
      fields: [{ path: 'number', message: 'is a number of the exchange itself' }],
    });
}

async function showNumbers(db: Db, rows: readonly NumberRow[]): Promise<FictitiousNumber[]> {
  const names = await projectNames(
    db,
    rows.flatMap(({ project_id }) => project_id ?? []),
  );
  const counts = await db
    .selectFrom('pairings')
    .select(['number_id', (eb) => eb.fn.countAll().as('count')])
    .where('state', '=', 'active')
    .groupBy('number_id')
    .execute();
  const countOf = new Map(counts.map(({ number_id, count }) => [number_id, Number(count)]));
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    project: row.project_id === null ? null : { id: row.project_id, name: names.get(row.project_id) ?? '' },
    pairings: countOf.get(row.id) ?? 0,
  }));
}
