import type { Kysely } from 'kysely';
import type { Caller } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';
import { mayWatch } from './audience.ts';
import { type CallRow, findCall, liveLegs, partyOf } from './rows.ts';

const unknownCall = (callId: string) => new Problem('not-found', `There is no call ${callId}.`);

/** A call that this person may see; what is not theirs looks as if it were not there. */
export async function visibleCall(db: Kysely<Database>, callId: string, caller: Caller): Promise<CallRow> {
  const row = await findCall(db, callId);
  if (row === undefined) throw unknownCall(callId);
  if (row.agent_id === caller.accountId || mayWatch(caller.roles) || partyOf(row, caller.accountId) !== undefined)
    return row;
  if (await ringsAt(db, row, caller.accountId)) return row;
  throw unknownCall(callId);
}

/** A call that this person has: it goes on, and they are its agent. */
export async function ownLiveCall(
  db: Kysely<Database>,
  callId: string,
  caller: Pick<Caller, 'accountId'>,
): Promise<CallRow> {
  const row = await ownCall(db, callId, caller);
  if (row.state !== 'answered') throw new Problem('call-not-live', 'This call is not going on.');
  return row;
}

export async function ownCall(
  db: Kysely<Database>,
  callId: string,
  caller: Pick<Caller, 'accountId'>,
): Promise<CallRow> {
  const row = await findCall(db, callId);
  if (row === undefined) throw unknownCall(callId);
  if (row.agent_id !== caller.accountId) throw new Problem('call-not-yours', 'Another agent has this call.');
  return row;
}

export async function ringsAt(db: Kysely<Database>, row: CallRow, accountId: string): Promise<boolean> {
  if (partyOf(row, accountId)?.state === 'ringing') return true;
  if (row.state !== 'ringing') return false;
  if (row.agent_id === accountId) return true;
  return (await liveLegs(db, [row.id])).some((leg) => leg.account_id === accountId && leg.state === 'ringing');
}
