import type { Call } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { asSeenBy, showCalls } from './view.ts';

/** Calls as this person sees them, in the order of their ids; ids of calls that are gone are left out. */
export async function callsById(
  db: Kysely<Database>,
  ids: readonly string[],
  at: Date,
  viewer: { readonly id: string; readonly name: string },
): Promise<Call[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('calls').selectAll().where('id', 'in', ids).execute();
  const shown = new Map((await showCalls(db, rows, at)).map((each) => [each.call.id, asSeenBy(each, viewer)]));
  return ids.flatMap((id) => shown.get(id) ?? []);
}

/** Calls from the oldest on, a page after the given place: for whoever derives something from all of them. */
export async function callsFrom(
  db: Kysely<Database>,
  after: { readonly startedAt: string; readonly id: string },
  limit: number,
  at: Date,
): Promise<Call[]> {
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('started_at', '>', after.startedAt),
        eb.and([eb('started_at', '=', after.startedAt), eb('id', '>', after.id)]),
      ]),
    )
    .where('started_at', '>=', after.startedAt)
    .orderBy('started_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return (await showCalls(db, rows, at)).map(({ call }) => call);
}
