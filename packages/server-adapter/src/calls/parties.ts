import type { CallParty } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';
import { withdrawFrom } from './audience.ts';
import { moveCall, updateCall } from './book.ts';
import type { InteractionEvent } from './interaction.ts';
import { type CallRow, findCall, partiesOf } from './rows.ts';

/**
 * Replaces those in a call who have this role, together with whatever else changes. Who is no longer in it, agent or not,
 * is told that it is over for them.
 */
export async function setParties(
  tx: Tx,
  callId: string,
  role: CallParty['role'],
  parties: readonly CallParty[],
  change: { readonly event?: InteractionEvent; readonly columns?: Partial<CallRow> } = {},
): Promise<void> {
  const row = await findCall(tx.db, callId);
  if (row === undefined) return;
  const before = partiesOf(row);
  const after = [...before.filter((party) => party.role !== role), ...parties];
  const columns = { ...change.columns, parties: JSON.stringify(after) };
  const changed =
    change.event === undefined ? await updateCall(tx, row, columns) : await moveCall(tx, callId, change.event, columns);
  const there = new Set([changed?.agent_id, ...after.map(({ accountId }) => accountId)]);
  const gone = [row.agent_id, ...before.map(({ accountId }) => accountId)].filter(
    (id): id is string => id !== null && !there.has(id),
  );
  await withdrawFrom(tx, callId, [...new Set(gone)]);
}
