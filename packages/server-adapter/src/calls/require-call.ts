import type { RequireCall } from '../orders/index.ts';
import { Problem } from '../problem.ts';
import { requireVerified } from '../verification/index.ts';
import { ownLiveCall } from './access.ts';

/** The seal of an order (G1, A9): answered here, so that orders never read the tables of calls. */
export const requireCall: RequireCall = async (tx, { callId, caller, level, customerId }) => {
  const row = await ownLiveCall(tx.db, callId, caller);
  if (row.customer_id === null)
    throw new Problem('call-without-customer', 'It is not settled which customer is calling.');
  if (customerId !== undefined && customerId !== row.customer_id)
    throw new Problem('other-customer', 'Another customer is on the line.');
  const recording =
    row.recording_id === null
      ? undefined
      : await tx.db
          .selectFrom('recordings')
          .select(['id', 'state', 'started_at'])
          .where('id', '=', row.recording_id)
          .executeTakeFirst();
  const running = recording?.state === 'recording' ? recording : undefined;
  if (level === 'sealed') {
    if (running === undefined) {
      throw new Problem(
        'recording-missing',
        recording?.state === 'paused'
          ? 'The recording is paused while the caller keys the PIN.'
          : 'This call is not being recorded.',
      );
    }
    await requireVerified(tx, callId, row.customer_id);
  }
  return {
    callId,
    customerId: row.customer_id,
    recordingId: running?.id ?? null,
    recordingOffsetMs: running === undefined ? null : Math.max(0, tx.now.getTime() - Date.parse(running.started_at)),
  };
};
