import type { CallOutcome } from '@callweave/sdk/protocol';
import { type CallRow, closeSteps, findCall, legsEnded, legsOf, setParties, stepsOf } from '../../calls/index.ts';
import type { HangupCause } from '../exchange.ts';
import type { CallSession } from './call-session.ts';
import { persistently } from './persistently.ts';

/**
 * Ends a call: every leg, the bridge, the timers; then writes it, and keeps trying while the store cannot be written.
 */
export async function endCall(
  session: CallSession,
  options: {
    readonly outcome: CallOutcome;
    readonly cause: HangupCause;
    readonly legs: readonly string[];
    readonly callerGaveUp: boolean;
    readonly pinUsed: boolean;
  },
): Promise<void> {
  const { exchange, busy, debts, keeper, wrapUps, policy } = session.services;
  session.ended = true;
  session.timers.cancelAll();
  session.forgetSounds();
  const attempts = [...session.attempts.values()];
  session.attempts.clear();
  for (const { leg } of attempts) await session.hangup(leg, 'cancelled');
  for (const leg of options.legs) await session.hangup(leg, 'normal');
  await debts.pay(`bridge ${session.bridge}`, () => exchange.destroyBridge(session.bridge));
  for (const { responder } of attempts) busy.release(responder.id, session.id);

  let recordingId: string | undefined;
  const wrapUpSeconds = options.outcome === 'answered' && session.agent !== undefined ? policy.wrapUpSeconds : 0;
  const ended = await persistently(session, async () =>
    session.services.store.write(async (tx): Promise<CallRow | undefined> => {
      // Also what an earlier write, that failed, left open.
      const ringing = (await stepsOf(tx.db, session.id))
        .filter(({ result }) => result === 'ringing')
        .map(({ account_id }) => account_id);
      const answered = session.connected ? session.agent?.responder.id : undefined;
      if (answered !== undefined) await closeSteps(tx, session.id, [answered], 'answered');
      await closeSteps(
        tx,
        session.id,
        ringing.filter((id) => id !== answered),
        options.callerGaveUp ? 'caller-gave-up' : 'failed',
      );
      const legs = await legsOf(tx.db, session.id);
      await legsEnded(
        tx,
        legs.map(({ id }) => id),
        options.cause,
      );
      recordingId = await session.recording.noteFinished(tx);
      await setParties(tx, session.id, 'third', [], {
        event: { type: 'ended', outcome: options.outcome, wrapUpSeconds },
        columns: recordingId === undefined ? {} : { recording_id: recordingId },
      });
      return findCall(tx.db, session.id);
    }),
  );
  if (options.pinUsed) await persistently(session, () => session.services.pinDesk.notEntered(session.id, 'hung-up'));
  const agentId = session.agent?.responder.id;
  if (agentId !== undefined) {
    if (ended?.state === 'wrap-up') wrapUps.begin(session.id, agentId, wrapUpSeconds * 1000);
    else busy.release(agentId, session.id);
  }
  if (recordingId !== undefined) keeper.keep(recordingId);
}
