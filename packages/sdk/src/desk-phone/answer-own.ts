import type { DeskPhone } from './desk-phone.ts';

/** It rings within moments of the command; later it is no longer what somebody has just asked for. */
const WAIT_MS = 30_000;

/**
 * Answers the call that this page asked for when it rings at its own phone. Only the page that knows the id it was given
 * does so: nothing that comes in over the line alone opens a microphone.
 */
export function answerOwn(phone: Pick<DeskPhone, 'state' | 'callOf' | 'answer'>, callId: string): void {
  let done = false;
  let stop = () => {};
  const end = () => {
    done = true;
    clearTimeout(timer);
    stop();
  };
  const look = () => {
    if (done || phone.callOf(callId)?.signalling !== 'ringing') return;
    end();
    // It may have been answered by hand, or have ended: the call's own state tells.
    void phone.answer(callId).catch(() => undefined);
  };
  const timer = setTimeout(end, WAIT_MS);
  stop = phone.state.subscribe(look);
  look();
}
