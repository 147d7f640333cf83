import type { CallOutcome, ResponderOrder, RoutingReason } from '@callweave/sdk/protocol';
import { type DirectoryCustomer, mirrorCustomer } from '../customers/index.ts';
import type { Tx } from '../store/store.ts';
import type { HangupCause } from '../telephony/exchange.ts';
import type { LegRole } from '../telephony/flows/leg-tag.ts';
import { publishCall, withdrawFrom } from './audience.ts';
import { advance, type InteractionEvent, newInteraction } from './interaction.ts';
import { type CallRow, columnsOf, findCall, interactionOf, knownCustomer, type LegRow } from './rows.ts';

/** What is known when a call comes in. */
export interface IncomingCall {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly callerNumber: string;
  readonly calledNumber: string;
  /** Everyone whom the caller's number names. */
  readonly customers: readonly DirectoryCustomer[];
  readonly startedAt: Date;
  /** A hold that lasts longer is brought to the agent's notice. */
  readonly holdAlertSeconds: number | null;
  /** Of a call that goes out: whom the agent means to ring, where they said so. */
  readonly wanted?: DirectoryCustomer;
  readonly presentedNumber?: string;
}

/** One attempt at a responder, as it stands in the routing. */
export interface RoutingEntry {
  readonly order: ResponderOrder;
  readonly accountId: string;
  readonly name: string;
  readonly result: RoutingReason;
}

export interface NewLeg {
  readonly id: string;
  readonly callId: string;
  readonly role: LegRole;
  readonly accountId: string | null;
  readonly device: unknown;
  readonly state: 'ringing' | 'up';
}

function chosenCustomer({ customers, wanted }: IncomingCall): string | null {
  if (wanted !== undefined) return wanted.id;
  // Several customers with one number: the agent chooses.
  return customers.length === 1 ? (customers[0]?.id ?? null) : null;
}

/** Writes a new call; it is published by whoever writes the next step, in the same write. */
export async function openCall(tx: Tx, incoming: IncomingCall, customerLeg: string): Promise<void> {
  const { customers, wanted } = incoming;
  const isMatched = ({ id }: DirectoryCustomer) => customers.some((customer) => customer.id === id);
  const known = wanted === undefined || isMatched(wanted) ? customers : [...customers, wanted];
  // From here on nobody has to ask the host's customer base inside a write.
  for (const customer of known) await mirrorCustomer(tx, customer);
  await tx.db
    .insertInto('calls')
    .values({
      id: incoming.id,
      direction: incoming.direction,
      ...columnsOf(newInteraction(incoming.startedAt)),
      caller_number: incoming.callerNumber,
      called_number: incoming.calledNumber,
      number_declared: wanted === undefined ? (customers.length > 0 ? 1 : 0) : isMatched(wanted) ? 1 : 0,
      customer_id: chosenCustomer(incoming),
      candidates: JSON.stringify(known.map((customer) => knownCustomer(customer, isMatched(customer)))),
      recording_id: null,
      entitlement: null,
      portal: null,
      kind: 'desk',
      presented_number: incoming.presentedNumber ?? null,
      transfers: 0,
      tags: '[]',
      parties: '[]',
      queue: null,
      hold_alert_ms: incoming.holdAlertSeconds === null ? null : incoming.holdAlertSeconds * 1000,
      updated_at: tx.now.toISOString(),
    })
    .execute();
  await addLegs(tx, [
    {
      id: customerLeg,
      callId: incoming.id,
      role: 'customer',
      accountId: null,
      device: null,
      state: incoming.direction === 'inbound' ? 'up' : 'ringing',
    },
  ]);
  await tx.record({
    actor: 'system',
    action: 'call.started',
    subject: `call:${incoming.id}`,
    data: { matched: customers.length },
  });
}

/** Moves the interaction on, together with other columns of the call, and publishes it. @returns the row as it is now; undefined when there is no such call */
export async function moveCall(
  tx: Tx,
  callId: string,
  event: InteractionEvent,
  columns: Partial<CallRow> = {},
): Promise<CallRow | undefined> {
  const row = await findCall(tx.db, callId);
  if (row === undefined) return undefined;
  const before = interactionOf(row);
  const after = advance(before, event, tx.now);
  if (after === before && Object.keys(columns).length === 0) return row;
  // Who is being talked to, or is gone, waits no more.
  const waits = after.state === 'queued' || after.state === 'ringing';
  const place = waits || row.queue === null ? {} : { queue: null };
  const changed = await updateCall(tx, row, { ...columnsOf(after), ...place, ...columns });
  if (after === before) return changed;
  const line = ledgerLine(event);
  if (line !== undefined)
    await tx.record({ actor: line.actor ?? 'system', action: line.action, subject: `call:${callId}`, data: line.data });
  return changed;
}

/** Writes columns of a call and publishes it. */
export async function updateCall(tx: Tx, row: CallRow, columns: Partial<CallRow>): Promise<CallRow> {
  const updated = { ...columns, updated_at: tx.now.toISOString() };
  await tx.db.updateTable('calls').set(updated).where('id', '=', row.id).execute();
  const changed = { ...row, ...updated };
  await publishCall(tx, changed);
  return changed;
}

/** Publishes a call whose other parts changed: routing, verification, recording. */
export async function touchCall(tx: Tx, callId: string): Promise<void> {
  const row = await findCall(tx.db, callId);
  if (row !== undefined) await updateCall(tx, row, {});
}

export async function addSteps(tx: Tx, callId: string, entries: readonly RoutingEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { most } = await tx.db
    .selectFrom('routing_steps')
    .select((eb) => eb.fn.max('position').as('most'))
    .where('call_id', '=', callId)
    .executeTakeFirstOrThrow();
  const from = most === null ? 0 : Number(most) + 1;
  const at = tx.now.toISOString();
  await tx.db
    .insertInto('routing_steps')
    .values(
      entries.map((entry, index) => ({
        call_id: callId,
        position: from + index,
        responder_order: entry.order,
        account_id: entry.accountId,
        name: entry.name,
        result: entry.result,
        at,
      })),
    )
    .execute();
}

/** Writes how a ringing responder's turn ended; whose page rang learns that it stops. */
export async function closeSteps(
  tx: Tx,
  callId: string,
  accountIds: readonly string[],
  result: RoutingReason,
): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.db
    .updateTable('routing_steps')
    .set({ result, at: tx.now.toISOString() })
    .where('call_id', '=', callId)
    .where('account_id', 'in', accountIds)
    .where('result', '=', 'ringing')
    .execute();
  if (result !== 'answered') await withdrawFrom(tx, callId, accountIds);
}

/** Takes back turns that are over, because the same people get another one. */
export async function forgetSteps(tx: Tx, callId: string, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.db
    .deleteFrom('routing_steps')
    .where('call_id', '=', callId)
    .where('account_id', 'in', accountIds)
    .where('responder_order', '=', 'group')
    .where('result', '!=', 'ringing')
    .execute();
}

export async function addLegs(tx: Tx, legs: readonly NewLeg[]): Promise<void> {
  if (legs.length === 0) return;
  const at = tx.now.toISOString();
  await tx.db
    .insertInto('legs')
    .values(
      legs.map((leg) => ({
        id: leg.id,
        call_id: leg.callId,
        role: leg.role,
        account_id: leg.accountId,
        device: leg.device === null ? null : JSON.stringify(leg.device),
        state: leg.state,
        started_at: at,
        answered_at: leg.state === 'up' ? at : null,
        ended_at: null,
        cause: null,
      })),
    )
    .execute();
}

export async function legAnswered(tx: Tx, legId: string): Promise<void> {
  await tx.db
    .updateTable('legs')
    .set({ state: 'up', answered_at: tx.now.toISOString() })
    .where('id', '=', legId)
    .where('state', '=', 'ringing')
    .execute();
}

export async function legsEnded(tx: Tx, legIds: readonly string[], cause: HangupCause): Promise<void> {
  if (legIds.length === 0) return;
  await tx.db
    .updateTable('legs')
    .set({ state: 'ended', ended_at: tx.now.toISOString(), cause })
    .where('id', 'in', legIds)
    .where('state', '!=', 'ended')
    .execute();
}

/** Somebody who was brought in has the call now. */
export async function legBecomesAgents(tx: Tx, legId: string): Promise<void> {
  await tx.db
    .updateTable('legs')
    .set({ role: 'agent' satisfies LegRole })
    .where('id', '=', legId)
    .execute();
}

/** Everyone who spoke for the house in a call. */
export async function agentsOf(db: Tx['db'], callId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('legs')
    .select('account_id')
    .distinct()
    .where('call_id', '=', callId)
    .where('role', 'in', ['agent', 'third'] satisfies LegRole[])
    .where('answered_at', 'is not', null)
    .execute();
  return rows.flatMap(({ account_id }) => account_id ?? []);
}

export async function legsOf(db: Tx['db'], callId: string): Promise<LegRow[]> {
  return db.selectFrom('legs').selectAll().where('call_id', '=', callId).orderBy('started_at').execute();
}

interface LedgerLine {
  readonly actor?: string;
  readonly action: string;
  readonly data: Record<string, string | boolean>;
}

function ledgerLine(event: InteractionEvent): LedgerLine | undefined {
  switch (event.type) {
    case 'answered':
      return {
        actor: event.agentId ?? 'system',
        action: 'call.answered',
        data: event.order === null ? {} : { order: event.order },
      };
    case 'ended':
      return { action: 'call.ended', data: { outcome: event.outcome satisfies CallOutcome } };
    case 'held':
      return { action: event.held ? 'call.held' : 'call.taken-back', data: {} };
    default:
      return undefined;
  }
}
