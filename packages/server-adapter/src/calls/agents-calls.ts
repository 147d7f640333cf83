import type { CallParty } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { updateCall } from './book.ts';
import type { WrapUp } from './interaction.ts';
import { findCall } from './rows.ts';

/** The call that keeps an agent from taking another one. */
export interface AgentsCall {
  readonly id: string;
  readonly agentId: string;
  readonly state: 'busy' | 'wrap-up';
  readonly since: string;
  readonly wrapUpUntil: string | null;
}

/** What each of these agents has: a conversation, or one that they ring up, before a wrap-up. */
export async function callsOfAgents(
  db: Kysely<Database>,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, AgentsCall>> {
  const calls = new Map<string, AgentsCall>();
  if (accountIds.length === 0) return calls;
  const rows = await db
    .selectFrom('calls')
    .select(['id', 'state', 'agent_id', 'direction', 'started_at', 'answered_at', 'ended_at', 'wrap_up'])
    .where('agent_id', 'in', accountIds)
    .where('state', 'in', ['queued', 'ringing', 'answered', 'wrap-up'])
    .orderBy('started_at')
    .execute();
  for (const row of rows) {
    const agentId = row.agent_id as string;
    if (row.state === 'wrap-up') {
      const { until } = JSON.parse(row.wrap_up ?? '{}') as Partial<WrapUp>;
      if (!calls.has(agentId))
        calls.set(agentId, {
          id: row.id,
          agentId,
          state: 'wrap-up',
          since: row.ended_at ?? row.started_at,
          wrapUpUntil: until ?? null,
        });
    } else if (row.state === 'answered' || row.direction === 'outbound') {
      calls.set(agentId, {
        id: row.id,
        agentId,
        state: 'busy',
        since: row.answered_at ?? row.started_at,
        wrapUpUntil: null,
      });
    }
  }
  await addBroughtIn(db, accountIds, calls);
  return calls;
}

/** Whoever was brought into somebody else's call talks as well. */
async function addBroughtIn(
  db: Kysely<Database>,
  accountIds: readonly string[],
  calls: Map<string, AgentsCall>,
): Promise<void> {
  const rows = await db
    .selectFrom('calls')
    .select(['id', 'parties'])
    .where('state', '=', 'answered')
    .where('parties', '!=', '[]')
    .execute();
  for (const { id, parties } of rows) {
    for (const { role, accountId, state, since } of JSON.parse(parties) as CallParty[]) {
      if (role !== 'third' || accountId === null || !accountIds.includes(accountId) || state === 'ringing') continue;
      if (calls.get(accountId)?.state !== 'busy')
        calls.set(accountId, { id, agentId: accountId, state: 'busy', since, wrapUpUntil: null });
    }
  }
}

/** Gives the agent more time to write down what was said; the one who sets the clock for it is told separately. */
export async function extendWrapUp(tx: Tx, callId: string, until: Date): Promise<void> {
  const row = await findCall(tx.db, callId);
  if (row?.state !== 'wrap-up') return;
  const wrapUp = JSON.parse(row.wrap_up ?? '{}') as Partial<WrapUp>;
  await updateCall(tx, row, { wrap_up: JSON.stringify({ ...wrapUp, until: until.toISOString() }) });
}

/** When each agent's last conversation since then ended. */
export async function lastConversations(db: Kysely<Database>, since: Date): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('legs')
    .select(['account_id', (eb) => eb.fn.max('ended_at').as('last')])
    .where('answered_at', 'is not', null)
    .where('account_id', 'is not', null)
    .where('ended_at', '>=', since.toISOString())
    .groupBy('account_id')
    .execute();
  return new Map(rows.map(({ account_id, last }) => [account_id as string, Date.parse(last as string)]));
}
