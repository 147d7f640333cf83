import type { Kysely } from 'kysely';
import { newId } from '../id.ts';
import type { Database } from '../store/schema.ts';
import { publishFax } from './fax-rows.ts';
import { emptyFax } from './inbound.ts';
import type { FaxShelf } from './store-fax.ts';

/** A fax machine calls: from now on everybody sees that a fax comes. */
export async function openLineFax(
  shelf: FaxShelf,
  call: { readonly leg: string; readonly callerNumber: string; readonly calledNumber: string },
): Promise<string> {
  return shelf.store.write(async (tx) => {
    // The same call, offered again after the connection was away, is the same fax.
    const known = await tx.db
      .selectFrom('faxes')
      .select('id')
      .where('leg', '=', call.leg)
      .where('state', '=', 'receiving')
      .executeTakeFirst();
    if (known !== undefined) return known.id;
    const id = newId('fax', tx.now);
    await tx.db
      .insertInto('faxes')
      .values({
        ...emptyFax,
        id,
        source: 'line',
        provider_id: null,
        leg: call.leg,
        caller_number: call.callerNumber,
        called_number: call.calledNumber,
        started_at: tx.now.toISOString(),
      })
      .execute();
    await publishFax(tx, id, shelf.binDays);
    return id;
  });
}

export async function unfinishedLineFaxes(
  db: Kysely<Database>,
): Promise<readonly { id: string; leg: string; called_number: string }[]> {
  const rows = await db
    .selectFrom('faxes')
    .select(['id', 'leg', 'called_number'])
    .where('state', '=', 'receiving')
    .where('source', '=', 'line')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, leg: row.leg ?? '' }));
}
