import type { Clock } from '@callweave/server-adapter';

const DAY_MS = 86_400_000;

/**
 * The system's clock, which a test may move on: it started this process, and tells it so over the channel that only a
 * parent has. Nobody waits a year to see a service contract end.
 */
export function movableClock(): Clock {
  let aheadMs = 0;
  process.on('message', (message: { readonly moveDays?: number }) => {
    aheadMs += (message.moveDays ?? 0) * DAY_MS;
    process.send?.({ moved: true });
  });
  return { now: () => new Date(Date.now() + aheadMs) };
}
