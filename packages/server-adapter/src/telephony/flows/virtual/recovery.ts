import { openVirtualCalls } from '../../../calls/index.ts';
import { findFieldCall } from '../../../numbers/index.ts';
import type { LegSnapshot } from '../../exchange.ts';
import { forgetUnwritten } from '../left-behind.ts';
import { RINGBACK } from '../leg-sound.ts';
import { readTag } from '../leg-tag.ts';
import { lengthOfTracks } from '../track-length.ts';
import { subjectFromRows } from './scripts.ts';
import type { Subject } from './subject.ts';
import { LEG_ROLES, type Side } from './virtual-book.ts';
import type { VirtualCall } from './virtual-call.ts';
import type { VirtualServices } from './virtual-services.ts';

type OpenCall = Awaited<ReturnType<typeof openVirtualCalls>>[number];

const SIDES: readonly Side[] = ['callee', 'field'];

/**
 * After a start: calls that were written are taken up where both sides are still there, ended where they are not; whoever
 * was in a menu hears it from the beginning.
 * @returns false when some of it failed and has to be done again
 */
export async function recoverVirtualCalls(
  services: VirtualServices,
  legs: readonly LegSnapshot[],
  calls: {
    readonly make: (callId: string) => VirtualCall;
    readonly forget: (call: VirtualCall) => void;
    /** Begins the menu of a leg anew. */
    readonly begin: (call: VirtualCall, side: Side, leg: LegSnapshot) => void;
  },
): Promise<boolean> {
  const { store, isRunning, logger } = services;
  const alive = new Map(legs.map((leg) => [leg.leg, leg]));
  const open = (await openVirtualCalls(store.db)).filter(({ row }) => !isRunning(row.id));
  let complete = true;
  for (const found of open) {
    const call = calls.make(found.row.id);
    try {
      const taken = await takeUp(call, found, alive);
      if (!taken) calls.forget(call);
    } catch (error) {
      calls.forget(call);
      complete = false;
      logger.error(`Call ${found.row.id} could not be taken up after the start; trying again.`, error);
    }
  }
  for (const leg of legs) {
    const tag = readTag(leg.tag);
    if (tag === undefined || leg.origin !== 'trunk' || isRunning(tag.callId)) continue;
    if (tag.role !== 'field' && tag.role !== 'callee') continue;
    if ((await findFieldCall(store.db, tag.callId)) === undefined) calls.begin(calls.make(tag.callId), tag.role, leg);
  }
  return complete;
}

/** @returns whether it goes on */
async function takeUp(
  call: VirtualCall,
  { row, legs: written }: OpenCall,
  alive: ReadonlyMap<string, LegSnapshot>,
): Promise<boolean> {
  const { store, exchange, clock } = call.services;
  const about = await findFieldCall(store.db, row.id);
  const subject = about === undefined ? undefined : await subjectFromRows(call, about);
  if (about === undefined || subject === undefined) throw new Error('What the call is about is not written.');
  call.subject = subject;
  call.language = subject.locale;
  const legOf = (side: Side) =>
    written.findLast(({ id, role, state }) => role === LEG_ROLES[side] && state !== 'ended' && alive.has(id))?.id;
  for (const side of SIDES) {
    const leg = legOf(side);
    if (leg !== undefined) call.legs.take(side, leg);
  }
  const field = call.legs.get('field');
  const callee = call.legs.get('callee');
  if (row.state === 'answered' && field !== undefined && callee !== undefined) {
    call.post(() => takeUpTalk(call, row.recording_id));
    return true;
  }
  const ownPhone = about.state === 'own-phone' && about.kind !== 'in';
  const near: Side = subject.kind === 'in' ? 'callee' : 'field';
  const far: Side = near === 'field' ? 'callee' : 'field';
  if (
    row.state !== 'answered' &&
    about.state !== 'ended' &&
    (ownPhone ? field !== undefined : field !== undefined && callee !== undefined)
  ) {
    await forgetUnwritten(call.services, row.id);
    call.recording.skipFirstNames();
    call.post(() => (ownPhone ? waitForOwnPhone(call, subject, alive) : waitForFar(call, near, far, alive)));
    return true;
  }
  // One side is gone, or was told already that nobody comes.
  if (row.recording_id === null) await forgetUnwritten(call.services, row.id);
  const gap =
    row.recording_id === null ? undefined : await lengthOfTracks(store.db, exchange, row.recording_id, clock.now());
  await call.book.endedUnseen(subject, async (tx) => gap?.note(tx, 'restart'));
  for (const side of SIDES) {
    const leg = call.legs.get(side);
    if (leg !== undefined) await call.services.debts.pay(`leg ${leg}`, () => exchange.hangup(leg, 'normal'));
  }
  return false;
}

async function takeUpTalk(call: VirtualCall, recordingId: string | null): Promise<void> {
  const { store, exchange } = call.services;
  const legs = [call.legs.get('callee'), call.legs.get('field')];
  call.talked = true;
  if (recordingId !== null) await call.recording.takeUp(store.db, recordingId);
  // Joining again is harmless where they are joined.
  await exchange.createBridge(call.bridge);
  for (const leg of legs) if (leg !== undefined) await exchange.join(call.bridge, leg);
  await store.write((tx) => tx.record({ actor: 'system', action: 'call.taken-up', subject: `call:${call.id}` }));
}

async function waitForOwnPhone(
  call: VirtualCall,
  subject: Subject,
  alive: ReadonlyMap<string, LegSnapshot>,
): Promise<void> {
  if (alive.get(call.legs.get('field') ?? '')?.state === 'up') return call.dial(subject);
  call.ringsOn('field', () => call.dial(subject));
}

async function waitForFar(
  call: VirtualCall,
  near: Side,
  far: Side,
  alive: ReadonlyMap<string, LegSnapshot>,
): Promise<void> {
  if (alive.get(call.legs.get(far) ?? '')?.state === 'up') return call.connect();
  call.ringsOn(far, () => call.connect());
  if (near === 'field') await call.legs.sound('field').loop(RINGBACK);
}
