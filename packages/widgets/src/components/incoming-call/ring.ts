import type { CallState, Desk } from '@callweave/sdk';
import type { Call } from '@callweave/sdk/protocol';

/** One call that rings at me: the desk's side of it, the browser phone's side, or both. */
export interface Ring {
  readonly id: string;
  /** Undefined for the moment between the INVITE and the event of the desk. */
  readonly call: Call | undefined;
  readonly phoneCall: CallState | undefined;
  /** E.164, or empty when withheld. */
  readonly number: string;
  /** Since when it rings at me. */
  readonly since: string | number;
}

/** The INVITE often arrives before the desk's event: what the phone knows is shown at once. */
export function ringsOf(desk: Desk): Ring[] {
  const calls = desk.calls.ringing.get();
  // The own phone also rings for a call that I make: it answers itself.
  const made = desk.calls.current.get()?.id;
  const phoneCalls = (desk.phone.state.get()?.calls ?? []).filter(
    (call) => isRinging(call) && (made === undefined || call.interactionId !== made),
  );
  const known = calls.map((call): Ring => {
    const step = call.routing.findLast(({ result }) => result === 'ringing');
    const party = call.parties.findLast(({ role, state }) => role === 'third' && state === 'ringing');
    return {
      id: call.id,
      call,
      phoneCall: phoneCalls.find(({ interactionId }) => interactionId === call.id),
      number: call.direction === 'outbound' ? call.calledNumber : call.callerNumber,
      since: step?.at ?? party?.since ?? call.startedAt,
    };
  });
  const fresh = phoneCalls
    .filter(({ interactionId }) => !calls.some(({ id }) => id === interactionId))
    .map(
      (phoneCall): Ring => ({
        id: phoneCall.interactionId ?? phoneCall.id,
        call: undefined,
        phoneCall,
        number: phoneCall.remote.number,
        since: phoneCall.createdAt,
      }),
    );
  return [...known, ...fresh];
}

/** A call that is rung back in after a reload answers itself and is nobody's news. */
const isRinging = (call: CallState): boolean =>
  call.direction === 'incoming' && call.signalling === 'ringing' && !call.resumed;

/** How long an answer may wait for its INVITE: the event of the desk can overtake it. */
const INVITE_WAIT_MS = 3000;

export async function answerRing(desk: Desk, ring: Ring): Promise<void> {
  if (!ring.call && ring.phoneCall) {
    const phone = await desk.phone.start();
    await phone.answer(ring.phoneCall.id);
    return;
  }
  if (!desk.phone.callOf(ring.id)) await invited(desk, ring.id);
  await desk.phone.answer(ring.id);
}

export async function declineRing(desk: Desk, ring: Ring): Promise<void> {
  if (ring.call) await desk.phone.decline(ring.id);
  else if (ring.phoneCall) await (await desk.phone.start()).decline(ring.phoneCall.id, 'declined');
}

function invited(desk: Desk, callId: string): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      end();
      resolve();
    };
    // Not an error of its own: answering then says what is wrong.
    const timer = setTimeout(settle, INVITE_WAIT_MS);
    const end = desk.phone.state.subscribe(() => {
      if (desk.phone.callOf(callId)) settle();
    });
  });
}
