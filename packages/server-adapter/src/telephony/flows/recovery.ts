import {
  type CallRow,
  closeSteps,
  legsEnded,
  legsOf,
  moveCall,
  openCalls,
  stepsOf,
  touchCall,
  updateCall,
} from '../../calls/index.ts';
import { findVerification } from '../../verification/index.ts';
import type { LegSnapshot } from '../exchange.ts';
import type { FlowServices } from './call-session.ts';
import type { DeskCall } from './desk-call.ts';
import { InboundCall } from './inbound-call.ts';
import { forgetUnwritten } from './left-behind.ts';
import { readTag } from './leg-tag.ts';
import type { Responder } from './responders.ts';
import { lengthOfTracks } from './track-length.ts';

type Ended = (call: DeskCall) => void;

export interface Recovered {
  readonly calls: readonly DeskCall[];
  /** False: the store or the exchange failed for some of them, and it has to be done again. */
  readonly complete: boolean;
}

/**
 * After a start: every call that was going on when the adapter went away is found at the exchange and taken up, or its
 * end is written.
 */
export async function recoverCalls(
  services: FlowServices,
  legs: readonly LegSnapshot[],
  ended: Ended,
): Promise<Recovered> {
  const { store, wrapUps, clock, logger } = services;
  const alive = new Map(legs.map((leg) => [leg.leg, leg]));
  const calls: DeskCall[] = [];
  let complete = true;
  const rows = (await openCalls(store.db)).filter(({ id, kind }) => kind === 'desk' && !services.isRunning(id));
  for (const row of rows) {
    if (row.state === 'wrap-up') {
      const { until } = JSON.parse(row.wrap_up ?? '{}') as { until?: string | null };
      if (row.agent_id !== null && !wrapUps.has(row.id))
        wrapUps.begin(row.id, row.agent_id, Date.parse(until ?? '') - clock.now().getTime() || 0);
      continue;
    }
    try {
      const customerLeg = (await legsOf(store.db, row.id)).find(({ role }) => role === 'customer')?.id;
      if (customerLeg !== undefined && alive.has(customerLeg))
        calls.push(await takeUp(services, row, customerLeg, alive, ended));
      else await writeEnd(services, row);
    } catch (error) {
      complete = false;
      logger.error(`Call ${row.id} could not be taken up after the start; trying again.`, error);
    }
  }
  return { calls, complete };
}

async function takeUp(
  services: FlowServices,
  row: CallRow,
  customerLeg: string,
  alive: ReadonlyMap<string, LegSnapshot>,
  ended: Ended,
): Promise<InboundCall> {
  const call = new InboundCall(
    services,
    {
      id: row.id,
      customerLeg,
      callerNumber: row.caller_number,
      calledNumber: row.called_number,
      customerNumber: row.caller_number,
    },
    ended,
  );
  const answered = alive.get(customerLeg)?.state === 'up';
  call.recovered({ answered });
  const customers =
    row.caller_number === '' ? [] : await services.directory.findByNumber(row.caller_number).catch(() => []);
  const [first] = customers;
  if (first !== undefined) call.session.language = first.locale;
  const agentLegs = [...alive.values()].flatMap((leg) => {
    const tag = readTag(leg.tag);
    return tag?.callId === row.id && tag.role === 'agent' && tag.accountId !== undefined
      ? [{ ...leg, accountId: tag.accountId }]
      : [];
  });
  for (const { leg } of agentLegs) call.session.own(leg);
  const responders = await services.responders.byIds([
    ...agentLegs.map(({ accountId }) => accountId),
    ...(row.agent_id === null ? [] : [row.agent_id]),
  ]);
  if (row.state === 'answered' && row.agent_id !== null) {
    const agent = responders.find(({ id }) => id === row.agent_id);
    const talking = agentLegs.filter(({ accountId, state }) => accountId === row.agent_id && state === 'up').at(-1);
    call.session.post(() =>
      takeUpTalk(
        call,
        row,
        agent,
        talking?.leg,
        agentLegs.map(({ leg }) => leg),
      ),
    );
  } else {
    const up = agentLegs.find(({ state }) => state === 'up');
    const responder = responders.find(({ id }) => id === up?.accountId);
    call.planAgain(customers, await triedBefore(services, row.id), row.queue);
    call.session.post(() =>
      takeUpRinging(
        call,
        up !== undefined && responder !== undefined ? { leg: up.leg, responder } : undefined,
        agentLegs.map(({ leg }) => leg),
      ),
    );
  }
  return call;
}

async function takeUpTalk(
  call: InboundCall,
  row: CallRow,
  agent: Responder | undefined,
  talking: string | undefined,
  legs: readonly string[],
): Promise<void> {
  const { session } = call;
  const { busy, exchange, store, pinDesk, clock } = session.services;
  if (agent === undefined) return call.hangup();
  busy.claim(agent.id, session.id);
  const order = (row.responder_order ?? 'group') as 'first' | 'second' | 'group';
  session.agent = { leg: talking, responder: agent, order };
  // A phone that was being rung back in is rung again when it asks.
  for (const leg of legs) if (leg !== talking) await session.hangup(leg, 'cancelled');
  if (row.recording_id !== null) await session.recording.takeUp(store.db, row.recording_id);
  await call.conversation.takeUp({ heldSince: row.held_since });
  if (session.recording.id === undefined && talking !== undefined) {
    await session.recording.add(session.customerLeg, 'customer');
    await session.recording.add(talking, 'agent');
  } else if (session.recording.paused) {
    // It stopped while the caller was keying: they are with the agent again, and are asked anew.
    await session.recording.unpause((name) => exchange.pauseRecording(name, false));
  }
  const pausedSince = session.recording.offset(new Date(row.updated_at));
  await store.write(async (tx) => {
    if (session.recording.paused)
      await session.recording.noteGap(tx, { fromMs: pausedSince, toMs: session.recording.offset(clock.now()) }, 'pin');
    await updateCall(tx, row, await session.recording.note(tx));
    await tx.record({ actor: 'system', action: 'call.taken-up', subject: `call:${session.id}` });
  });
  await pinDesk.notEntered(session.id, 'restart');
  const verification = await findVerification(store.db, session.id);
  if (verification?.state === 'passed' && verification.expiresAt !== null)
    call.expireVerification(new Date(verification.expiresAt));
}

async function takeUpRinging(
  call: InboundCall,
  answered: { leg: string; responder: Responder } | undefined,
  legs: readonly string[],
): Promise<void> {
  const { session } = call;
  const { busy, store } = session.services;
  await forgetUnwritten(session.services, session.id);
  session.recording.skipFirstNames();
  for (const leg of legs) if (leg !== answered?.leg) await session.hangup(leg, 'cancelled');
  const steps = (await stepsOf(store.db, session.id)).filter(({ result }) => result === 'ringing');
  const others = steps
    .filter(({ account_id }) => account_id !== answered?.responder.id)
    .map(({ account_id }) => account_id);
  await store.write(async (tx) => {
    await legsEnded(
      tx,
      legs.filter((leg) => leg !== answered?.leg),
      'cancelled',
    );
    await closeSteps(tx, session.id, others, 'failed');
    if (answered === undefined) await moveCall(tx, session.id, { type: 'waiting' });
    else await touchCall(tx, session.id);
  });
  if (answered === undefined) return call.goOnRouting();
  const order = (steps.find(({ account_id }) => account_id === answered.responder.id)?.responder_order ?? 'group') as
    | 'first'
    | 'second'
    | 'group';
  busy.claim(answered.responder.id, session.id);
  session.attempts.set(answered.leg, { ...answered, order, cancelGuard: () => {} });
  call.recovered({ answered: true });
  await call.legAnswered(answered.leg);
}

/** Whoever was being rung when the adapter went away is rung again; whoever had their turn is not. */
async function triedBefore(services: FlowServices, callId: string): Promise<string[]> {
  return (await stepsOf(services.store.db, callId))
    .filter(({ result }) => result !== 'ringing')
    .map(({ account_id }) => account_id);
}

/** The call ended while the adapter was away. */
async function writeEnd(services: FlowServices, row: CallRow): Promise<void> {
  const { store, exchange, clock, pinDesk } = services;
  await pinDesk.notEntered(row.id, 'restart');
  if (row.recording_id === null) await forgetUnwritten(services, row.id);
  const gap =
    row.recording_id === null ? undefined : await lengthOfTracks(store.db, exchange, row.recording_id, clock.now());
  await store.write(async (tx) => {
    const legs = await legsOf(tx.db, row.id);
    await legsEnded(
      tx,
      legs.map(({ id }) => id),
      'failed',
    );
    await closeSteps(
      tx,
      row.id,
      (await stepsOf(tx.db, row.id)).filter(({ result }) => result === 'ringing').map(({ account_id }) => account_id),
      'failed',
    );
    if (gap !== undefined) await gap.note(tx, 'restart');
    // No wrap-up: nobody knows how long ago they hung up.
    await moveCall(tx, row.id, {
      type: 'ended',
      outcome: row.answered_at === null ? 'failed' : 'answered',
      wrapUpSeconds: 0,
    });
  });
}
