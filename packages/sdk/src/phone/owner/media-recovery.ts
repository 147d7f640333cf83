import { bounded } from '../deadline.ts';
import type { CallsHost } from './calls-host.ts';
import { isConnected, type LiveCall, until } from './live-call.ts';

const RECOVERY_DEADLINE_MS = 15_000;

/** Offers the call anew on the line that is there now, with an ICE restart where its media broke; one attempt at a time. */
export function recoverMedia(
  call: LiveCall,
  iceRestart: boolean,
  host: Pick<CallsHost, 'clock' | 'whenHealthy' | 'dispatch'>,
): void {
  const { id } = call;
  if (call.recovering) return;
  call.recovering = true;
  const what = { name: 'Recovery', deadlineMs: RECOVERY_DEADLINE_MS, callId: id };
  bounded(host.clock, {}, what, (signal) =>
    call.run(async () => {
      await host.whenHealthy(signal);
      await call.sip.renegotiate({ iceRestart }, signal);
      if (iceRestart && !isConnected(call)) {
        await until(
          call,
          (event) => event.type === 'ice' && (event.state === 'connected' || event.state === 'completed'),
          signal,
        );
      }
      // A path that came back by itself meanwhile reports no change.
      if (isConnected(call)) host.dispatch({ type: 'ice', id, state: 'connected' });
    }),
  )
    .catch(() => {
      if (iceRestart) host.dispatch({ type: 'ice-restart-failed', id });
    })
    .finally(() => {
      call.recovering = false;
    });
}
