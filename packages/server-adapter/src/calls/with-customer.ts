import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { ringsAt } from './access.ts';
import { findCall, liveLegs } from './rows.ts';

type Db = Kysely<Database>;

/** Whose call this is, while this agent has it (its wrap-up included) or it rings at them; of anybody else's call, nothing. */
export async function customerInCall(
  db: Db,
  callId: string,
  accountId: string,
): Promise<{ readonly customerId: string; readonly answered: boolean } | undefined> {
  const row = await findCall(db, callId);
  if (row === undefined || row.customer_id === null) return undefined;
  const answered = (row.state === 'answered' || row.state === 'wrap-up') && row.agent_id === accountId;
  if (!answered && !(await ringsAt(db, row, accountId))) return undefined;
  return { customerId: row.customer_id, answered };
}

/** Agents who have a call of this customer now, or at whom one rings. */
export async function agentsWithCustomer(db: Db, customerId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('calls')
    .select(['id', 'state', 'agent_id'])
    .where('customer_id', '=', customerId)
    .where('state', 'in', ['ringing', 'answered', 'wrap-up'])
    .execute();
  const ringing = rows.filter(({ state }) => state === 'ringing').map(({ id }) => id);
  const legs = await liveLegs(db, ringing);
  const rung = legs.filter(({ state }) => state === 'ringing').map(({ account_id }) => account_id);
  return [...new Set([...rows.map(({ agent_id }) => agent_id), ...rung])].filter((id) => id !== null);
}
