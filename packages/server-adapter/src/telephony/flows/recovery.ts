import type { ResponderOrder } from '@callweave/sdk/protocol';
import {
  type CallRow,
  closeSteps,
  legsEnded,
  legsOf,
  moveCall,
  openCalls,
  partiesOf,
  setParties,
  stepsOf,
  touchCall,
} from '../../calls/index.ts';
import { findUnfinished } from '../../recordings/index.ts';
import { findVerification } from '../../verification/index.ts';
import type { LegSnapshot } from '../exchange.ts';
import type { FlowServices } from './call-session.ts';
import type { DeskCall } from './desk-call.ts';
import { InboundCall } from './inbound-call.ts';
import { forgetUnwritten } from './left-behind.ts';
import { readTag } from './leg-tag.ts';
import { OutboundCall } from './outbound-call.ts';
import type { Responder } from './responders.ts';
import type { Third } from './third-party.ts';
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
): Promise<DeskCall> {
  const outbound = row.direction === 'outbound';
  const customerNumber = outbound ? row.called_number : row.caller_number;
  const found = [...alive.values()].flatMap((leg) => {
    const tag = readTag(leg.tag);
    return tag?.callId === row.id && (tag.role === 'agent' || tag.role === 'third') ? [{ ...leg, tag }] : [];
  });
  const agentLegs = found.flatMap((leg) => {
    const { role, accountId } = leg.tag;
    // Somebody who was brought in may have the call by now.
    return accountId !== undefined && (role === 'agent' || accountId === row.agent_id) ? [{ ...leg, accountId }] : [];
  });
  const responders = await services.responders.byIds([
    ...found.flatMap(({ tag }) => tag.accountId ?? []),
    ...(row.agent_id === null ? [] : [row.agent_id]),
  ]);
  const agent = responders.find(({ id }) => id === row.agent_id);
  const start = {
    id: row.id,
    customerLeg,
    callerNumber: row.caller_number,
    calledNumber: row.called_number,
    customerNumber,
  };
  const customers = customerNumber === '' ? [] : await services.directory.findByNumber(customerNumber).catch(() => []);
  const [first] = customers;
  const speak = <C extends DeskCall>(call: C): C => {
    if (first !== undefined) call.session.language = first.locale;
    for (const { leg } of found) call.session.own(leg);
    return call;
  };
  const legs = found.map(({ leg }) => leg);

  if (outbound && row.answered_at === null) {
    const up = agentLegs.find(({ state }) => state === 'up');
    if (agent === undefined) throw new Error(`The agent of call ${row.id} is not there any more.`);
    const call = speak(new OutboundCall(services, { ...start, agent }, ended));
    call.session.post(async () => {
      if (up === undefined) return call.end('failed', 'failed');
      await call.takeUpDial(up.leg, alive.get(customerLeg)?.state === 'up');
    });
    return call;
  }
  const call = outbound
    ? speak(new OutboundCall(services, { ...start, agent: agent ?? nobody(row) }, ended))
    : speak(new InboundCall(services, start, ended));
  call.recovered({ answered: alive.get(customerLeg)?.state === 'up' });

  if (row.state === 'answered') {
    const talking = agentLegs.filter(({ accountId, state }) => accountId === row.agent_id && state === 'up').at(-1);
    const third = thirdOf(row, found, responders);
    call.session.post(() => takeUpTalk(call, row, { agent, talking: talking?.leg, third, legs }));
  } else {
    const up = agentLegs.find(({ state }) => state === 'up');
    const responder = responders.find(({ id }) => id === up?.accountId);
    const answered = up !== undefined && responder !== undefined ? { leg: up.leg, responder } : undefined;
    const tried = await triedBefore(services, row.id);
    call.session.post(async () => {
      if (row.answered_at !== null) await takeUpHandedOn(call, row);
      else if (call instanceof InboundCall) call.planAgain(customers, tried, row.queue);
      await takeUpRinging(call, answered, legs);
    });
  }
  return call;
}

/** A call goes on without an agent of ours when it was handed to a number outside. */
const nobody = (row: CallRow): Responder => ({
  id: row.agent_id ?? '',
  name: '',
  device: { kind: 'number', number: '' },
  active: false,
  onLeave: false,
});

/** Whoever had been brought in and is still there. */
function thirdOf(
  row: CallRow,
  found: readonly Pick<LegSnapshot, 'leg' | 'state'>[],
  responders: readonly Responder[],
): Third | undefined {
  const party = partiesOf(row).find(
    ({ id, role, state, accountId }) =>
      role === 'third' &&
      (state === 'consulting' || state === 'talking') &&
      (accountId === null || accountId !== row.agent_id) &&
      found.some(({ leg, state: its }) => leg === id && its === 'up'),
  );
  if (party === undefined) return undefined;
  const responder = responders.find(({ id }) => id === party.accountId);
  if (responder === undefined && party.number === null) return undefined;
  return {
    leg: party.id,
    responder,
    name: party.name,
    number: party.number,
    device: responder?.device ?? { kind: 'number', number: party.number ?? '' },
    state: party.state === 'consulting' ? 'consulting' : 'talking',
    since: party.since,
  };
}

async function takeUpTalk(
  call: DeskCall,
  row: CallRow,
  there: {
    readonly agent: Responder | undefined;
    readonly talking: string | undefined;
    readonly third: Third | undefined;
    readonly legs: readonly string[];
  },
): Promise<void> {
  const { session } = call;
  const { busy, store, pinDesk } = session.services;
  const { agent, talking, third } = there;
  session.talked = session.connected = true;
  if (agent === undefined && third?.state !== 'talking') return call.end('answered', 'failed');
  if (agent !== undefined) {
    busy.claim(agent.id, session.id);
    session.agent = { leg: talking, responder: agent, order: row.responder_order as ResponderOrder | null };
  }
  call.transfer.takeUp(row.transfers, third);
  // A phone that was being rung back in is rung again when it asks; so is whoever was being brought in.
  for (const leg of there.legs) if (leg !== talking && leg !== third?.leg) await session.hangup(leg, 'cancelled');
  if (row.recording_id !== null) {
    await session.recording.takeUp(store.db, row.recording_id);
    await forgetUnwritten(session.services, session.id, session.recording.tracks);
  }
  const aside = third?.state === 'consulting';
  const wasAside = row.held_since !== null && partiesOf(row).some(({ role }) => role === 'third');
  await call.conversation.takeUp({ heldSince: aside || !wasAside ? row.held_since : null, aside });
  if (session.recording.id === undefined && talking !== undefined) {
    await session.recording.add(session.customerLeg, 'customer');
    await session.recording.add(talking, 'agent');
  }
  // It stopped while the caller was keying: they are with the agent again, and are asked anew.
  const gap = session.recording.pausedFor === 'pin' ? await session.recording.resume() : undefined;
  await store.write(async (tx) => {
    if (gap !== undefined) await session.recording.noteGap(tx, gap);
    await setParties(tx, session.id, 'third', call.transfer.thirds.parties(), {
      columns: await session.recording.note(tx),
      ...(wasAside && !aside && { event: { type: 'held', held: false } }),
    });
    await tx.record({ actor: 'system', action: 'call.taken-up', subject: `call:${session.id}` });
  });
  await pinDesk.notEntered(session.id, 'restart');
  const verification = await findVerification(store.db, session.id);
  if (verification?.state === 'passed' && verification.expiresAt !== null)
    call.expireVerification(new Date(verification.expiresAt));
}

/** Nobody had taken over yet: it goes on ringing at whom it was handed to, then at the group. */
async function takeUpHandedOn(call: DeskCall, row: CallRow): Promise<void> {
  const { session, routing } = call;
  const { exchange, store } = session.services;
  session.talked = true;
  call.transfer.takeUp(row.transfers, undefined);
  if (row.recording_id !== null) {
    await session.recording.takeUp(store.db, row.recording_id);
    await forgetUnwritten(session.services, session.id, session.recording.tracks);
  }
  await exchange.createBridge(session.bridge);
  await exchange.join(session.bridge, session.customerLeg);
  const rung = (await stepsOf(store.db, row.id)).filter(({ result }) => result === 'ringing');
  // Who waited for the group goes on waiting; otherwise those whom it rang at, and then the group or its queue.
  if (row.queue !== null) call.waiting.takeUp(row.queue);
  else
    routing.restart([
      ...rung.map(({ account_id }) => ({ order: 'transfer', accountId: account_id }) as const),
      ...(call.waiting.canWait ? [] : [{ order: 'group' } as const]),
    ]);
  await store.write((tx) => setParties(tx, row.id, 'third', []));
}

async function takeUpRinging(
  call: DeskCall,
  answered: { leg: string; responder: Responder } | undefined,
  legs: readonly string[],
): Promise<void> {
  const { session } = call;
  const { busy, store } = session.services;
  if (!session.talked) {
    await forgetUnwritten(session.services, session.id);
    session.recording.skipFirstNames();
  }
  for (const leg of legs) if (leg !== answered?.leg) await session.hangup(leg, 'cancelled');
  const steps = (await stepsOf(store.db, session.id)).filter(({ result }) => result === 'ringing');
  const others = steps
    .filter(({ account_id }) => account_id !== answered?.responder.id)
    .map(({ account_id }) => account_id);
  // The call's own before anything is written: where that fails, its end ends this leg as well.
  if (answered !== undefined) {
    const step = steps.find(({ account_id }) => account_id === answered.responder.id);
    busy.claim(answered.responder.id, session.id);
    session.attempts.set(answered.leg, {
      ...answered,
      order: (step?.responder_order ?? 'group') as ResponderOrder,
      cancelGuard: () => {},
    });
  }
  await store.write(async (tx) => {
    const left = (await legsOf(tx.db, session.id)).filter(
      ({ id }) => id !== answered?.leg && id !== session.customerLeg,
    );
    await legsEnded(
      tx,
      left.map(({ id }) => id),
      'cancelled',
    );
    await closeSteps(tx, session.id, others, 'failed');
    if (answered === undefined) await moveCall(tx, session.id, { type: 'waiting' });
    else await touchCall(tx, session.id);
  });
  if (answered === undefined) return call.goOnRouting();
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
  const recorded = row.recording_id === null ? undefined : await findUnfinished(store.db, row.recording_id);
  await forgetUnwritten(services, row.id, recorded?.tracks);
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
    const outcome = row.answered_at === null ? 'failed' : 'answered';
    await setParties(tx, row.id, 'third', [], { event: { type: 'ended', outcome, wrapUpSeconds: 0 } });
  });
}
