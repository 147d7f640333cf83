import { addLegs, legAnswered, legsEnded, moveCall, withdrawFrom } from '../../calls/index.ts';
import type { Tx } from '../../store/store.ts';
import { voidVerification } from '../../verification/index.ts';
import type { DeskCall } from './desk-call.ts';
import { writeTag } from './leg-tag.ts';
import type { Responder } from './responders.ts';

const WRITE_AGAIN_SECONDS = 2;

export interface NextAgent {
  /** Answered already. */
  readonly leg: string;
  readonly responder: Responder;
  /** It is on the call's recording already. */
  readonly recorded: boolean;
  /** What they are busy with until then. */
  readonly busyWith: string;
}

/** What else belongs into the write of a hand-over. */
export type NoteHandOver = (tx: Tx, before: { readonly agentId: string }) => Promise<void>;

interface HandedOver {
  readonly next: NextAgent;
  readonly before: { readonly leg: string | undefined; readonly responder: Responder };
  readonly transfers: number;
  readonly note: NoteHandOver;
}

/**
 * Somebody takes the call from its agent: their leg joins before the old one goes, so that the customer is never alone. To
 * be run in the call's own turn. What was verified with the old agent counts no longer; a consultation of theirs is over,
 * while somebody who talks with both stays.
 *
 * @returns false: there is no agent to take it from
 */
export async function handOver(call: DeskCall, next: NextAgent, note: NoteHandOver): Promise<boolean> {
  const { session, conversation, pin, transfer, pause } = call;
  const { exchange, busy } = session.services;
  const before = session.agent;
  if (before === undefined || !session.connected) return false;
  pin.abort();
  if (transfer.thirds.purpose === 'consult') await transfer.cancel();
  await pause.over();
  if (!next.recorded) await session.recording.add(next.leg, 'agent');
  await exchange.createBridge(session.bridge);
  await exchange.join(session.bridge, next.leg);
  session.own(next.leg);
  session.agent = { leg: next.leg, responder: next.responder, order: 'transfer' };
  busy.release(before.responder.id, session.id);
  busy.handOver(next.responder.id, next.busyWith, session.id);
  await conversation.agentReplaced();
  if (before.leg !== undefined) await session.hangup(before.leg, 'normal');
  const tag = writeTag({ callId: session.id, role: 'agent', accountId: next.responder.id });
  await exchange.tag(next.leg, tag).catch(() => {});
  await writeHandOver(call, { next, before, transfers: transfer.takenOver(), note });
  return true;
}

/** They are talking already: a store that cannot be written now is tried again, and does not part them. */
async function writeHandOver(call: DeskCall, handed: HandedOver): Promise<void> {
  const { session } = call;
  const { next, before, transfers, note } = handed;
  const { id: accountId, device } = next.responder;
  try {
    await session.services.store.write(async (tx) => {
      if (before.leg !== undefined) await legsEnded(tx, [before.leg], 'normal');
      await addLegs(tx, [{ id: next.leg, callId: session.id, role: 'agent', accountId, device, state: 'ringing' }]);
      await legAnswered(tx, next.leg);
      await voidVerification(tx, session.id, 'transfer');
      const columns = { ...(await session.recording.note(tx)), transfers };
      await moveCall(tx, session.id, { type: 'handed-over', agentId: accountId }, columns);
      await withdrawFrom(tx, session.id, [before.responder.id]);
      await note(tx, { agentId: before.responder.id });
    });
  } catch (error) {
    session.services.logger.error(`The new agent of call ${session.id} could not be written; trying again.`, error);
    session.later(WRITE_AGAIN_SECONDS, () => writeHandOver(call, handed));
  }
}
