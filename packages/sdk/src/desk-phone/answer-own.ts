import type { Call } from '../protocol/call.ts';
import type { Readable } from '../state/readable.ts';
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

/**
 * Answers every call that rings at this agent. Both must say so: the adapter, over the connection that knows who is signed
 * in, and the phone. What merely arrives at the phone rings as ever.
 */
export function answerWhatRings(
  ringing: Readable<readonly Pick<Call, 'id'>[]>,
  phone: Pick<DeskPhone, 'state' | 'callOf' | 'answer'>,
): () => void {
  let seen = new Set<string>();
  return ringing.subscribe((calls) => {
    for (const { id } of calls) if (!seen.has(id)) answerOwn(phone, id);
    seen = new Set(calls.map(({ id }) => id));
  });
}
