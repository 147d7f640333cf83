import { createEventStream, type EventStream, type EventStreamOptions } from './event-stream.ts';

/**
 * Follows events for one account until the returned function is called: over one connection for all tabs where the
 * browser can share, else over one of this page. The code for sharing comes later than the page's own; when it does not
 * come, the page does without.
 */
export function openEventStream(options: EventStreamOptions, accountId: string, share: boolean): () => void {
  let stream: EventStream | undefined;
  let closed = false;
  const run = (made: EventStream) => {
    if (closed) return;
    stream = made;
    made.start();
  };
  const alone = () => run(createEventStream(options));
  // Node has locks and channels too, but no tabs.
  if (share && globalThis.document && globalThis.navigator?.locks && globalThis.BroadcastChannel)
    import('./shared-event-stream.ts')
      .then((chunk) => run(chunk.createSharedEventStream({ ...options, accountId, connect: createEventStream })))
      .catch(alone);
  else alone();
  return () => {
    closed = true;
    stream?.stop();
    options.onState('idle');
  };
}
