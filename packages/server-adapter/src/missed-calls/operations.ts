import type { contract, MissedCall } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { claimOf } from './follow-calls.ts';
import type { MissedCallPolicy } from './policy.ts';
import {
  endMissedCall,
  findMissedCall,
  isClaimed,
  type MissedCallRow,
  toMissedCalls,
  updateMissedCall,
} from './rows.ts';
import { isInGroup, maySee, seesAll } from './visibility.ts';

export interface MissedCallOperationsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: MissedCallPolicy;
}

/** A case that this person may see; what is not theirs looks as if it were not there. */
async function visible(db: Tx['db'], missedCallId: string, caller: Caller): Promise<MissedCallRow> {
  const row = await findMissedCall(db, missedCallId);
  if (row === undefined || !(await maySee(db, missedCallId, caller)))
    throw new Problem('not-found', `There is no missed call ${missedCallId}.`);
  return row;
}

async function shown(tx: Tx, row: MissedCallRow): Promise<MissedCall> {
  const [one] = await toMissedCalls(tx.db, [row], tx.now);
  if (one === undefined) throw new Error(`Missed call ${row.id} could not be shown.`);
  return one;
}

/** Refuses when somebody else is calling back now. */
function claimedByOther(row: MissedCallRow, accountId: string, at: Date): boolean {
  return isClaimed(row, at) && row.claimed_by !== accountId;
}

const claimed = () => new Problem('missed-call-claimed', 'Somebody else is calling this person back.');

/** Makes a case this person's while they call back; for the operation, and for whoever dials for them. */
export async function claimMissedCall(
  tx: Tx,
  missedCallId: string,
  caller: Caller,
  policy: MissedCallPolicy,
): Promise<MissedCallRow> {
  const row = await visible(tx.db, missedCallId, caller);
  if (row.state === 'closed') throw new Problem('missed-call-closed', 'The case is closed.');
  if (claimedByOther(row, caller.accountId, tx.now)) throw claimed();
  return updateMissedCall(tx, row, claimOf(tx, { id: caller.accountId, name: caller.name }, policy));
}

export function createMissedCallOperations({
  store,
  clock,
  policy,
}: MissedCallOperationsParts): Implementation<typeof contract.missedCalls> {
  return {
    async list({ state, limit }, { caller }) {
      const open = state === 'open';
      let query = store.db
        .selectFrom('missed_calls')
        .selectAll()
        .where('state', '=', state)
        .orderBy(open ? 'first_at' : 'ended_at', open ? 'asc' : 'desc')
        .orderBy('id')
        .limit(limit);
      if (!seesAll(caller.roles) && !(await isInGroup(store.db, caller.accountId)))
        query = query.where('id', 'in', (eb) =>
          eb.selectFrom('missed_call_viewers').select('missed_call_id').where('account_id', '=', caller.accountId),
        );
      return { missedCalls: await toMissedCalls(store.db, await query.execute(), clock.now()) };
    },

    async get({ missedCallId }, { caller }) {
      const row = await visible(store.db, missedCallId, caller);
      const [one] = await toMissedCalls(store.db, [row], clock.now());
      if (one === undefined) throw new Error(`Missed call ${row.id} could not be shown.`);
      return one;
    },

    claim: {
      write: async (tx, { missedCallId }, { caller }) =>
        shown(tx, await claimMissedCall(tx, missedCallId, caller, policy)),
    },

    release: {
      async write(tx, { missedCallId }, { caller }) {
        const row = await visible(tx.db, missedCallId, caller);
        if (!isClaimed(row, tx.now)) return shown(tx, row);
        if (row.claimed_by !== caller.accountId && !seesAll(caller.roles)) throw claimed();
        const free = { claimed_by: null, claimed_name: null, claimed_until: null };
        return shown(tx, await updateMissedCall(tx, row, free));
      },
    },

    close: {
      async write(tx, { missedCallId, note }, { caller }) {
        const row = await visible(tx.db, missedCallId, caller);
        // Over already: what was wanted is so.
        if (row.state === 'closed') return shown(tx, row);
        if (claimedByOther(row, caller.accountId, tx.now) && !seesAll(caller.roles)) throw claimed();
        const by = { id: caller.accountId, name: caller.name };
        return shown(tx, await endMissedCall(tx, row, { reason: 'by-hand', by, note }));
      },
    },
  };
}
