import { createPhone, type Phone } from '../phone/create-phone.ts';
import type { PhoneOptions } from '../phone/options.ts';
import type { CallEndReason, CallSignalling, CallState } from '../phone/state.ts';
import { type Readable, Value } from '../state/readable.ts';

export interface TelephoneState {
  /** `idle` before the first call and after each. */
  readonly call: 'idle' | Exclude<CallSignalling, 'ended'>;
  /** How the last call ended. */
  readonly end?: CallEndReason;
  /** Why there was no call: no line, no microphone, no exchange. */
  readonly problem?: string;
}

/** A customer's telephone: it calls one number at a time, and nobody calls it. */
export interface Telephone {
  readonly state: Readable<TelephoneState>;
  /** Settles when the call is answered, or over before that. What went wrong is in the state. */
  call(number: string): Promise<void>;
  hangup(): Promise<void>;
  /** Keys 0 to 9, * and #. */
  press(digits: string): Promise<void>;
}

/**
 * A telephone for demonstrations and tests: an ordinary browser page that calls the public number as a given caller. It
 * takes a line for each call (`credentials`) and gives it back, so the caller may be another one each time.
 *
 * @example
 * const telephone = createTelephone({ credentials: () => lineOf(chosenCaller()) });
 * telephone.state.subscribe(({ call }) => show(call));
 * await telephone.call('+982181021380');
 */
export function createTelephone(options: PhoneOptions): Telephone {
  const state = new Value<TelephoneState>({ call: 'idle' });
  let line: Phone | undefined;
  /** The line of the call before, on its way back. */
  let leaving: Promise<void> = Promise.resolve();

  const current = (): { phone: Phone; call: CallState } | undefined => {
    const call = line?.get().calls[0];
    return line && call && { phone: line, call };
  };

  function giveBack(phone: Phone, last: TelephoneState): void {
    if (line !== phone) return;
    line = undefined;
    leaving = phone.stop().catch(() => undefined);
    state.set(last);
  }

  return {
    state,
    async call(number) {
      if (line) throw new Error('This telephone is in a call. Hang up first.');
      const phone = createPhone(options);
      line = phone;
      state.set({ call: 'inviting' });
      phone.subscribe(({ calls }) => {
        const signalling = calls[0]?.signalling;
        if (line === phone && signalling !== undefined && signalling !== 'ended') state.set({ call: signalling });
      });
      phone.on('call-ended', ({ call }) => {
        giveBack(phone, { call: 'idle', ...(call.end ? { end: call.end.reason } : {}) });
      });
      try {
        await leaving;
        await phone.start();
        await phone.call(number);
        // A page whose user has touched nothing yet may stay silent; the call goes on.
        if (line === phone) await phone.startAudio().catch(() => undefined);
      } catch (error) {
        giveBack(phone, { call: 'idle', problem: error instanceof Error ? error.message : String(error) });
      }
    },
    async hangup() {
      const now = current();
      if (now) await now.phone.hangup(now.call.id);
    },
    async press(digits) {
      const now = current();
      if (now) await now.phone.sendDigits(now.call.id, digits);
    },
  };
}
