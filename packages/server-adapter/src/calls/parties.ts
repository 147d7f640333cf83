import type { CallParty } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';
import { updateCall } from './book.ts';
import { type CallRow, findCall } from './rows.ts';

/** Who else is in a call (see `Call.parties`). */
export function partiesOf(row: CallRow): CallParty[] {
  return JSON.parse(row.parties) as CallParty[];
}

/** Somebody came, or does something else now; published with the call. */
export async function setParty(tx: Tx, callId: string, party: CallParty): Promise<void> {
  const row = await findCall(tx.db, callId);
  if (row === undefined) return;
  const present = partiesOf(row);
  const parties = present.some(({ id }) => id === party.id)
    ? present.map((each) => (each.id === party.id ? party : each))
    : [...present, party];
  await updateCall(tx, row, { parties: JSON.stringify(parties) });
}

export async function leaveParties(tx: Tx, callId: string, partyId: string): Promise<void> {
  const row = await findCall(tx.db, callId);
  if (row === undefined) return;
  const parties = partiesOf(row).filter(({ id }) => id !== partyId);
  if (parties.length !== partiesOf(row).length) await updateCall(tx, row, { parties: JSON.stringify(parties) });
}
