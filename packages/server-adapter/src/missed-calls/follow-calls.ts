import { type Call, isE164 } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';
import type { MissedCallPolicy } from './policy.ts';
import { endMissedCall, isClaimed, type MissedCallRow, publishMissedCall, updateMissedCall } from './rows.ts';
import { addViewers } from './visibility.ts';

/** Where somebody who kept their place in a queue wanted to be called, and how often they were. */
export type KeptPlace = (
  db: Tx['db'],
  callId: string,
) => Promise<{ readonly number: string; readonly attempts: number } | undefined>;

/** Nobody can keep their place. */
export const NO_PLACES: KeptPlace = async () => undefined;

/**
 * What a call of the event log means for missed calls. The same call comes many times, and long after its end, when its
 * recording is stored or its wrap-up is written: each counts once, and what is old changes nothing.
 * @returns whether a case was opened whose responders are still to be looked up
 */
export async function followCall(
  tx: Tx,
  call: Call,
  policy: MissedCallPolicy,
  keptPlace: KeptPlace = NO_PLACES,
): Promise<boolean> {
  if (call.kind !== 'desk') return false;
  if (call.direction === 'outbound') {
    await followCallback(tx, call, policy);
    return false;
  }
  if (isMissed(call, policy)) {
    // Promised a call, and called in vain: where they wanted it, which is the number to go on with.
    const place = call.outcome === 'missed' ? await keptPlace(tx.db, call.id) : undefined;
    const number = place?.number ?? call.callerNumber;
    // Nobody can call back a number that was withheld.
    return isE164(number) ? countMissed(tx, call, { number, attempts: place?.attempts ?? 0 }, policy) : false;
  }
  if (call.answeredAt !== null) {
    const answered = { number: call.callerNumber, customerId: call.customer?.id, at: call.answeredAt };
    for (const row of await openCases(tx, answered)) {
      if (row.number_group !== policy.groupOf(call.calledNumber)) continue;
      await endMissedCall(tx, row, { reason: 'rang-again', by: call.agent });
    }
  }
  return false;
}

function isMissed(call: Call, { minRingSeconds }: MissedCallPolicy): call is Call & { endedAt: string } {
  if (call.state !== 'ended' || call.endedAt === null || call.answeredAt !== null) return false;
  if (call.outcome === 'missed' || call.outcome === 'failed') return true;
  return call.outcome === 'abandoned' && Date.parse(call.endedAt) - Date.parse(call.startedAt) >= minRingSeconds * 1000;
}

/** @returns false when the call has been counted before */
async function countOnce(tx: Tx, callId: string, missedCallId: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('missed_call_calls')
    .values({ call_id: callId, missed_call_id: missedCallId })
    .onConflict((conflict) => conflict.column('call_id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

async function countMissed(
  tx: Tx,
  call: Call & { endedAt: string },
  { number, attempts }: { readonly number: string; readonly attempts: number },
  policy: MissedCallPolicy,
): Promise<boolean> {
  const counted = await tx.db
    .selectFrom('missed_call_calls')
    .select('call_id')
    .where('call_id', '=', call.id)
    .executeTakeFirst();
  if (counted !== undefined) return false;
  const group = policy.groupOf(call.calledNumber);
  const known = await tx.db
    .selectFrom('missed_calls')
    .selectAll()
    .where('number', '=', number)
    .where('number_group', '=', group)
    .where('state', '=', 'open')
    .executeTakeFirst();
  const customers = call.customer === null ? call.candidates : [call.customer];
  const last = {
    called_number: call.calledNumber,
    last_at: call.endedAt,
    last_outcome: call.outcome ?? 'missed',
    ...(call.customer === null ? {} : { customer_id: call.customer.id, customer: JSON.stringify(call.customer) }),
  };
  // Those at whom it rang are responders; the others are looked up afterwards, outside this write.
  const tried = call.routing.flatMap(({ order, accountId }) =>
    order === 'first' || order === 'second' ? accountId : [],
  );
  if (known !== undefined) {
    await countOnce(tx, call.id, known.id);
    await addViewers(tx, known.id, tried);
    const ids = new Set([...(JSON.parse(known.customer_ids) as string[]), ...customers.map(({ id }) => id)]);
    const customer_ids = JSON.stringify([...ids]);
    // Somebody else than before may answer for them.
    const settled = customer_ids === known.customer_ids ? known.settled : 0;
    const counts = { count: known.count + 1, attempts: known.attempts + attempts };
    await updateMissedCall(tx, known, { ...last, ...counts, customer_ids, settled });
    return settled === 0;
  }
  const row: MissedCallRow = {
    id: newId('missed', tx.now),
    number,
    number_group: group,
    customer_id: null,
    customer: null,
    customer_ids: JSON.stringify(customers.map(({ id }) => id)),
    count: 1,
    attempts,
    first_at: call.endedAt,
    state: 'open',
    claimed_by: null,
    claimed_name: null,
    claimed_until: null,
    settled: 0,
    message_id: null,
    ended_at: null,
    end_reason: null,
    ended_by: null,
    ended_name: null,
    end_note: null,
    ...last,
  };
  await tx.db.insertInto('missed_calls').values(row).execute();
  await countOnce(tx, call.id, row.id);
  await addViewers(tx, row.id, tried);
  await tx.record({
    actor: 'system',
    action: 'missed-call.opened',
    subject: `missed-call:${row.id}`,
    data: { callId: call.id },
  });
  await publishMissedCall(tx, row);
  return true;
}

/** How a call ends whose number was rung in vain. */
const RANG: ReadonlySet<string> = new Set(['busy', 'no-answer', 'rejected', 'unreachable']);

/** An agent rings somebody back: theirs while it rings, closed when it is answered, free again when it is not. */
async function followCallback(tx: Tx, call: Call, policy: MissedCallPolicy): Promise<void> {
  const { agent } = call;
  if (call.answeredAt !== null) {
    const answered = { number: call.calledNumber, customerId: call.customer?.id, at: call.answeredAt };
    for (const row of await openCases(tx, answered)) await endMissedCall(tx, row, { reason: 'called-back', by: agent });
    return;
  }
  const over = call.state === 'ended';
  for (const row of await openCases(tx, { number: call.calledNumber, customerId: undefined, at: call.startedAt })) {
    const free = { claimed_by: null, claimed_name: null, claimed_until: null };
    const own = isClaimed(row, tx.now) && row.claimed_by === agent?.id;
    if (over) {
      if (!(await countOnce(tx, call.id, row.id))) continue;
      // Whoever hung up before it rang at the other end has not tried.
      const tried = call.outcome !== null && RANG.has(call.outcome) ? 1 : 0;
      await updateMissedCall(tx, row, { attempts: row.attempts + tried, ...(own ? free : {}) });
    } else if (agent !== null && !isClaimed(row, tx.now)) {
      await updateMissedCall(tx, row, claimOf(tx, agent, policy));
    }
  }
}

export function claimOf(tx: Tx, by: { readonly id: string; readonly name: string }, policy: MissedCallPolicy) {
  return {
    claimed_by: by.id,
    claimed_name: by.name,
    claimed_until: new Date(tx.now.getTime() + policy.claimMinutes * 60_000).toISOString(),
  };
}

interface Conversation {
  readonly number: string;
  readonly customerId: string | undefined;
  readonly at: string;
}

/** Open cases of this caller, or of this customer from another number, that were missed before. */
async function openCases(tx: Tx, { number, customerId, at }: Conversation): Promise<MissedCallRow[]> {
  return tx.db
    .selectFrom('missed_calls')
    .selectAll()
    .where('state', '=', 'open')
    .where('last_at', '<=', at)
    .where((eb) =>
      customerId === undefined
        ? eb('number', '=', number)
        : eb.or([eb('number', '=', number), eb('customer_id', '=', customerId)]),
    )
    .execute();
}
