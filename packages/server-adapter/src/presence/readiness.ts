import type { Kysely } from 'kysely';
import { preparedList } from '../store/prepared.ts';
import type { Database } from '../store/schema.ts';

/** Whether a person takes calls, by their own word or a supervisor's. */
export interface Readiness {
  readonly ready: boolean;
  readonly doNotDisturb: boolean;
}

export const READY: Readiness = { ready: true, doNotDisturb: false };

const declaredOf = preparedList((db, ids) =>
  db.selectFrom('presences').select(['account_id', 'ready', 'do_not_disturb']).where('account_id', 'in', ids),
);

/** For routing. Who has never said anything is ready. */
export async function readinessOf(
  db: Kysely<Database>,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Readiness>> {
  if (accountIds.length === 0) return new Map();
  const rows = await declaredOf(db, [...accountIds]);
  return new Map(
    rows.map((row) => [
      row.account_id,
      { ready: Number(row.ready) === 1, doNotDisturb: Number(row.do_not_disturb) === 1 },
    ]),
  );
}
