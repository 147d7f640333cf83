import type { Clock } from '../ports/clock.ts';

const LOOK_EVERY_MS = 20_000;
/** A hidden page's timers come up to a minute late; later still, it was frozen or the computer slept. */
const SLEPT_MS = 90_000;

/**
 * The browser asks before it closes a page in which somebody is talking: closing it would end their call. Listens only
 * while `inCall()` may be true, because a page with such a listener is not kept for the back button.
 */
export function guardPage(inCall: () => boolean): { update(): void; stop(): void } {
  const scope = globalThis as Partial<Pick<Window, 'addEventListener' | 'removeEventListener'>>;
  let listens = false;
  const ask = (event: Event): void => {
    if (inCall()) event.preventDefault();
  };
  const listen = (wanted: boolean): void => {
    if (wanted === listens) return;
    listens = wanted;
    if (wanted) scope.addEventListener?.('beforeunload', ask);
    else scope.removeEventListener?.('beforeunload', ask);
  };
  return { update: () => listen(inCall()), stop: () => listen(false) };
}

/**
 * Tells when the network or the page comes back: the moments to check the line instead of sitting out a pause. Not every
 * sleep is announced by an event, so the wall clock is watched too.
 */
export function watchPage(clock: Clock, hooks: { wake(): void }): () => void {
  const scope = globalThis as Partial<Pick<Window, 'addEventListener' | 'removeEventListener' | 'document'>>;
  const network = (globalThis.navigator as { connection?: Partial<EventTarget> } | undefined)?.connection;
  const { document } = scope;
  const wake = (): void => hooks.wake();
  const visible = (): void => {
    if (document?.visibilityState === 'visible') hooks.wake();
  };
  scope.addEventListener?.('online', wake);
  scope.addEventListener?.('pageshow', wake);
  document?.addEventListener('resume', wake);
  document?.addEventListener('visibilitychange', visible);
  network?.addEventListener?.('change', wake);
  let stopLooking: () => void = () => {};
  const look = (): void => {
    const due = clock.now() + LOOK_EVERY_MS;
    stopLooking = clock.after(LOOK_EVERY_MS, () => {
      look();
      if (clock.now() - due > SLEPT_MS) hooks.wake();
    });
  };
  look();
  return () => {
    stopLooking();
    scope.removeEventListener?.('online', wake);
    scope.removeEventListener?.('pageshow', wake);
    document?.removeEventListener('resume', wake);
    document?.removeEventListener('visibilitychange', visible);
    network?.removeEventListener?.('change', wake);
  };
}
