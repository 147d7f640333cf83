import { type CallParty, CallState, type CustomerSummary } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import { prepared, preparedList } from '../store/prepared.ts';
import type { Database } from '../store/schema.ts';
import type { Interaction, WrapUp } from './interaction.ts';

export type CallRow = Selectable<Database['calls']>;
export type LegRow = Selectable<Database['legs']>;
export type RoutingRow = Selectable<Database['routing_steps']>;

/**
 * A customer as the call knows them. Kept with the call, so that showing a call never asks the host's customer base;
 * `matched` tells those whom the caller's number named from one whom the agent looked up.
 */
export interface KnownCustomer extends CustomerSummary {
  readonly matched: boolean;
}

export function knownCustomer({ id, name, username, kind }: CustomerSummary, matched: boolean): KnownCustomer {
  return { id, name, username, kind, matched };
}

export function customersOf(row: CallRow): readonly KnownCustomer[] {
  return JSON.parse(row.candidates) as KnownCustomer[];
}

/** Who else is in the call; those who were rung in vain are shown, but are not in it. */
export function partiesOf(row: Pick<CallRow, 'parties'>): readonly CallParty[] {
  return JSON.parse(row.parties) as CallParty[];
}

/** This person is in the call, or it rings at them, without being its agent. */
export function partyOf(row: Pick<CallRow, 'parties'>, accountId: string): CallParty | undefined {
  return partiesOf(row).find((party) => party.accountId === accountId && party.state !== 'failed');
}

export function interactionOf(row: CallRow): Interaction {
  return {
    state: row.state as Interaction['state'],
    outcome: row.outcome as Interaction['outcome'],
    agentId: row.agent_id,
    responderOrder: row.responder_order as Interaction['responderOrder'],
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    heldSince: row.held_since,
    holdTotalMs: row.hold_total_ms,
    wrapUp: row.wrap_up === null ? null : (JSON.parse(row.wrap_up) as WrapUp),
  };
}

export function columnsOf(call: Interaction) {
  return {
    state: call.state,
    outcome: call.outcome,
    agent_id: call.agentId,
    responder_order: call.responderOrder,
    started_at: call.startedAt,
    answered_at: call.answeredAt,
    ended_at: call.endedAt,
    held_since: call.heldSince,
    hold_total_ms: call.holdTotalMs,
    wrap_up: call.wrapUp === null ? null : JSON.stringify(call.wrapUp),
  };
}

const callById = prepared((db, p) => db.selectFrom('calls').selectAll().where('id', '=', p(0)));

export async function findCall(db: Kysely<Database>, callId: string): Promise<CallRow | undefined> {
  return (await callById(db, callId))[0];
}

const liveLegsOfCalls = preparedList((db, ids) =>
  db.selectFrom('legs').selectAll().where('call_id', 'in', ids).where('state', '!=', 'ended').orderBy('started_at'),
);

/** Legs that ring or talk now. */
export async function liveLegs(db: Kysely<Database>, callIds: readonly string[]): Promise<LegRow[]> {
  if (callIds.length === 0) return [];
  return liveLegsOfCalls(db, callIds);
}

/** Named one by one: an index finds these, and would have to be read through for "not ended". */
export const GOING_ON: readonly CallState[] = CallState.options.filter((state) => state !== 'ended');

/** Calls that are not over, wrap-up included. */
export async function openCalls(db: Kysely<Database>): Promise<CallRow[]> {
  return db.selectFrom('calls').selectAll().where('state', 'in', GOING_ON).orderBy('started_at').execute();
}

export async function callsEndedSince(db: Kysely<Database>, since: Date): Promise<string[]> {
  const rows = await db.selectFrom('calls').select('id').where('ended_at', '>=', since.toISOString()).execute();
  return rows.map(({ id }) => id);
}

export async function stepsOf(db: Kysely<Database>, callId: string): Promise<RoutingRow[]> {
  return db.selectFrom('routing_steps').selectAll().where('call_id', '=', callId).orderBy('position').execute();
}
