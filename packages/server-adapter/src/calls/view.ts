import type {
  Call,
  CallParty,
  CallState,
  CustomerSummary,
  PauseReason,
  RecordingState,
  RoutingStep,
} from '@callweave/sdk/protocol';
import { NO_VERIFICATION } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { preparedList } from '../store/prepared.ts';
import type { Database } from '../store/schema.ts';
import { verificationsOf } from '../verification/index.ts';
import { type CallRow, customersOf, interactionOf, type LegRow, liveLegs, type RoutingRow } from './rows.ts';

/** A call as its own agent and the supervisors see it, and whom it rings at. */
export interface ShownCall {
  readonly call: Call;
  /** Account ids at which it rings now; several while a group rings. */
  readonly ringingAt: readonly string[];
}

const stepsOfCalls = preparedList((db, ids) =>
  db.selectFrom('routing_steps').selectAll().where('call_id', 'in', ids).orderBy('position'),
);
const namesOfAccounts = preparedList((db, ids) =>
  db.selectFrom('accounts').select(['id', 'name']).where('id', 'in', ids),
);
const statesOfRecordings = preparedList((db, ids) =>
  db.selectFrom('recordings').select(['id', 'state', 'started_at', 'pause_reason']).where('id', 'in', ids),
);

/** Builds the snapshots of many calls with one query per table, however many calls there are. */
export async function showCalls(db: Kysely<Database>, rows: readonly CallRow[], at: Date): Promise<ShownCall[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const agentIds = [...new Set(rows.flatMap(({ agent_id }) => agent_id ?? []))];
  const recordingIds = rows.flatMap(({ recording_id }) => recording_id ?? []);
  // One after the other: inside a write there is a single connection.
  const steps = await stepsOfCalls(db, ids);
  const legs = await liveLegs(
    db,
    rows.flatMap(({ id, state }) => (state === 'ringing' ? id : [])),
  );
  const verifications = await verificationsOf(db, ids, at);
  const names = agentIds.length === 0 ? [] : await namesOfAccounts(db, agentIds);
  const recordings = recordingIds.length === 0 ? [] : await statesOfRecordings(db, recordingIds);
  return rows.map((row) => ({
    call: {
      ...head(row),
      agent: row.agent_id === null ? null : { id: row.agent_id, name: nameOf(row.agent_id, names, steps) },
      routing: steps.filter(({ call_id }) => call_id === row.id).map(toStep),
      verification: verifications.get(row.id) ?? NO_VERIFICATION,
      recording: toRecording(recordings.find(({ id }) => id === row.recording_id)),
    },
    ringingAt: ringingAt(row, legs),
  }));
}

export async function showCall(db: Kysely<Database>, row: CallRow, at: Date): Promise<ShownCall> {
  const [shown] = await showCalls(db, [row], at);
  if (shown === undefined) throw new Error(`Call ${row.id} could not be shown.`);
  return shown;
}

/** While a group rings nobody is named; each member sees themselves as the one at whom it rings. */
export function asSeenBy(shown: ShownCall, account: { readonly id: string; readonly name: string }): Call {
  return shown.call.agent === null && shown.ringingAt.includes(account.id)
    ? { ...shown.call, agent: account }
    : shown.call;
}

/**
 * The last thing that a person hears of a call which rang at them and went elsewhere: over, as far as they are concerned,
 * without an agent, an outcome, or anything of the caller. So it is neither shown nor counted as missed by them.
 */
export function withdrawn(call: Call, at: Date): Call {
  return {
    ...call,
    state: 'ended',
    outcome: null,
    agent: null,
    callerNumber: '',
    numberDeclared: false,
    customer: null,
    candidates: [],
    routing: [],
    entitlement: null,
    portal: null,
    verification: NO_VERIFICATION,
    recording: { id: null, state: 'none', startedAt: null, pauseReason: null },
    hold: { ...call.hold, since: null, totalMs: 0 },
    presentedNumber: null,
    tags: [],
    parties: [],
    waiting: null,
    wrapUp: null,
    endedAt: call.endedAt ?? at.toISOString(),
  };
}

function head(row: CallRow): Omit<Call, 'agent' | 'routing' | 'verification' | 'recording'> {
  const { state, outcome, responderOrder, startedAt, answeredAt, endedAt, heldSince, holdTotalMs, wrapUp } =
    interactionOf(row);
  const customers = customersOf(row);
  const chosen = customers.find(({ id }) => id === row.customer_id);
  const matched = customers.filter((customer) => customer.matched);
  return {
    id: row.id,
    kind: row.kind,
    direction: row.direction as Call['direction'],
    state: state satisfies CallState,
    outcome,
    callerNumber: row.caller_number,
    calledNumber: row.called_number,
    presentedNumber: row.presented_number,
    numberDeclared: row.number_declared === 1,
    customer: chosen === undefined ? null : summary(chosen),
    candidates: matched.length > 1 ? matched.map(summary) : [],
    responderOrder,
    startedAt,
    answeredAt,
    endedAt,
    hold: { since: heldSince, totalMs: holdTotalMs, alertAfterMs: row.hold_alert_ms },
    transfers: row.transfers,
    tags: JSON.parse(row.tags) as string[],
    parties: JSON.parse(row.parties) as CallParty[],
    waiting: row.queue === null ? null : (JSON.parse(row.queue) as Call['waiting']),
    entitlement: row.entitlement,
    // What somebody owes is for who talks with them, and not for who looks up old calls.
    portal: row.portal === null || state === 'ended' ? null : (JSON.parse(row.portal) as Call['portal']),
    wrapUp,
  };
}

const summary = ({ id, name, username, kind }: CustomerSummary): CustomerSummary => ({ id, name, username, kind });

function toStep(row: RoutingRow): RoutingStep {
  return {
    order: row.responder_order as RoutingStep['order'],
    accountId: row.account_id,
    name: row.name,
    result: row.result as RoutingStep['result'],
    at: row.at,
  };
}

function toRecording(
  row: { id: string; state: string; started_at: string; pause_reason: string | null } | undefined,
): Call['recording'] {
  return row === undefined
    ? { id: null, state: 'none', startedAt: null, pauseReason: null }
    : {
        id: row.id,
        state: row.state as RecordingState,
        startedAt: row.started_at,
        pauseReason: row.state === 'paused' ? (row.pause_reason as PauseReason | null) : null,
      };
}

function nameOf(
  accountId: string,
  names: readonly { id: string; name: string }[],
  steps: readonly RoutingRow[],
): string {
  return (
    names.find(({ id }) => id === accountId)?.name ??
    steps.find(({ account_id }) => account_id === accountId)?.name ??
    ''
  );
}

function ringingAt(row: CallRow, legs: readonly LegRow[]): string[] {
  return legs
    .filter((leg) => leg.call_id === row.id && leg.state === 'ringing')
    .flatMap(({ account_id }) => account_id ?? []);
}
