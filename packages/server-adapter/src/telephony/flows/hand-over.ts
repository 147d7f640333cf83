import { addLegs, findCall, legAnswered, legsEnded, moveCall, updateCall, withdrawFrom } from '../../calls/index.ts';
import type { Tx } from '../../store/store.ts';
import { voidVerification } from '../../verification/index.ts';
import type { DeskCall } from './desk-call.ts';
import type { Responder } from './responders.ts';

const WRITE_AGAIN_SECONDS = 2;

export interface NextAgent {
  /** Answered already. */
  readonly leg: string;
  readonly responder: Responder;
  /** It is on the call's recording already. */
  readonly recorded: boolean;
}

/**
 * Another agent takes the call: their leg joins before the old one goes, so that the customer is never alone. To be run in
 * the call's own turn. What was verified with the old agent counts no longer.
 *
 * @param note what else belongs into the same write
 */
export async function handOver(
  call: DeskCall,
  next: NextAgent,
  note: (tx: Tx, before: { readonly agentId: string }) => Promise<void>,
): Promise<void> {
  const { session, conversation, pin } = call;
  const { exchange, busy } = session.services;
  const before = session.agent;
  if (before === undefined) return;
  pin.abort();
  if (!next.recorded) await session.recording.add(next.leg, 'agent');
  await exchange.createBridge(session.bridge);
  await exchange.join(session.bridge, next.leg);
  session.own(next.leg);
  session.agent = { leg: next.leg, responder: next.responder, order: 'transfer' };
  busy.release(before.responder.id, session.id);
  busy.claim(next.responder.id, session.id);
  await conversation.agentReplaced();
  if (before.leg !== undefined) await session.hangup(before.leg, 'normal');
  await writeHandOver(call, before, next, note);
}

/** They are talking already: a store that cannot be written now is tried again, and does not part them. */
async function writeHandOver(
  call: DeskCall,
  before: { readonly leg: string | undefined; readonly responder: Responder },
  next: NextAgent,
  note: (tx: Tx, before: { readonly agentId: string }) => Promise<void>,
): Promise<void> {
  const { session } = call;
  const { id: accountId, device } = next.responder;
  try {
    await session.services.store.write(async (tx) => {
      if (before.leg !== undefined) await legsEnded(tx, [before.leg], 'normal');
      await addLegs(tx, [{ id: next.leg, callId: session.id, role: 'agent', accountId, device, state: 'ringing' }]);
      await legAnswered(tx, next.leg);
      await moveCall(tx, session.id, { type: 'held', held: false });
      await voidVerification(tx, session.id, 'transfer');
      const columns = await session.recording.note(tx);
      const row = await findCall(tx.db, session.id);
      if (row !== undefined)
        await updateCall(tx, row, {
          ...columns,
          agent_id: accountId,
          responder_order: 'transfer',
          transfers: row.transfers + 1,
        });
      await withdrawFrom(tx, session.id, [before.responder.id]);
      await note(tx, { agentId: before.responder.id });
    });
  } catch (error) {
    session.services.logger.error(`The new agent of call ${session.id} could not be written; trying again.`, error);
    session.later(WRITE_AGAIN_SECONDS, () => writeHandOver(call, before, next, note));
  }
}
