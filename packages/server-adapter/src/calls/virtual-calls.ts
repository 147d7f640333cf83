import type { CallOutcome } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';
import { addLegs, legsOf, type NewLeg, updateCall } from './book.ts';
import { advance, newInteraction } from './interaction.ts';
import { type CallRow, columnsOf, findCall, GOING_ON, interactionOf } from './rows.ts';

/**
 * A call through a fictitious number. What is written of it names no field caller's real number: one side is the number
 * that the other sees.
 */
export interface NewVirtualCall {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly callerNumber: string;
  readonly calledNumber: string;
  readonly presentedNumber: string;
  readonly startedAt: Date;
  readonly legs: readonly Omit<NewLeg, 'callId' | 'accountId' | 'device'>[];
}

export async function openVirtualCall(tx: Tx, call: NewVirtualCall): Promise<void> {
  await tx.db
    .insertInto('calls')
    .values({
      id: call.id,
      direction: call.direction,
      ...columnsOf({ ...newInteraction(call.startedAt), state: 'ringing' }),
      caller_number: call.callerNumber,
      called_number: call.calledNumber,
      number_declared: 0,
      customer_id: null,
      candidates: '[]',
      recording_id: null,
      entitlement: null,
      portal: null,
      kind: 'virtual',
      presented_number: call.presentedNumber,
      transfers: 0,
      tags: '[]',
      parties: '[]',
      queue: null,
      hold_alert_ms: null,
      updated_at: tx.now.toISOString(),
    })
    .execute();
  await addVirtualLegs(tx, call.id, call.legs);
  await tx.record({
    actor: 'system',
    action: 'call.started',
    subject: `call:${call.id}`,
    data: { kind: 'virtual', direction: call.direction },
  });
}

/** Their devices are not written: a field caller's is their real number. */
export async function addVirtualLegs(tx: Tx, callId: string, legs: NewVirtualCall['legs']): Promise<void> {
  await addLegs(
    tx,
    legs.map((leg) => ({ ...leg, callId, accountId: null, device: null })),
  );
}

/** Both sides hear each other. */
export async function virtualCallAnswered(tx: Tx, callId: string, columns: Partial<CallRow> = {}): Promise<void> {
  const row = await findCall(tx.db, callId);
  if (row === undefined || row.state !== 'ringing') return;
  await updateCall(tx, row, { state: 'answered', answered_at: tx.now.toISOString(), ...columns });
  await tx.record({ actor: 'system', action: 'call.answered', subject: `call:${callId}` });
}

/** Nobody writes anything up after such a call. */
export async function virtualCallEnded(
  tx: Tx,
  callId: string,
  outcome: CallOutcome,
  columns: Partial<CallRow> = {},
): Promise<void> {
  const row = await findCall(tx.db, callId);
  if (row === undefined) return;
  const before = interactionOf(row);
  const after = advance(before, { type: 'ended', outcome, wrapUpSeconds: 0 }, tx.now);
  if (after === before) return;
  await updateCall(tx, row, { ...columnsOf(after), ...columns });
  await tx.record({ actor: 'system', action: 'call.ended', subject: `call:${callId}`, data: { outcome } });
}

/** Calls of this kind that are not over, with their legs. */
export async function openVirtualCalls(
  db: Tx['db'],
): Promise<{ readonly row: CallRow; readonly legs: Awaited<ReturnType<typeof legsOf>> }[]> {
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where('state', 'in', GOING_ON)
    .where('kind', '=', 'virtual')
    .orderBy('started_at')
    .execute();
  const found = [];
  for (const row of rows) found.push({ row, legs: await legsOf(db, row.id) });
  return found;
}
