import { createPhone, type Phone } from '../phone/create-phone.ts';
import type { PhoneOptions } from '../phone/options.ts';
import type { CallEndReason, CallSignalling, CallState } from '../phone/state.ts';
import { type Readable, Value } from '../state/readable.ts';

export interface TelephoneState {
  /** `idle` before the first call and after each. */
  readonly call: 'idle' | Exclude<CallSignalling, 'ended'>;
  /** Who calls, as this telephone shows it; absent in a call that was made here. */
  readonly from?: string;
  /** How the last call ended. */
  readonly end?: CallEndReason;
  /** Why there was no call: no line, no microphone, no exchange. */
  readonly problem?: string;
}

/** A telephone of the world outside: one call at a time. */
export interface Telephone {
  readonly state: Readable<TelephoneState>;
  /** Takes a line and keeps it: from now on this telephone can be called. Rejects when there is none. */
  switchOn(): Promise<void>;
  /** Gives the line back; a call ends. */
  switchOff(): Promise<void>;
  /** Settles when the call is answered, or over before that. What went wrong is in the state. */
  call(number: string): Promise<void>;
  /** Takes the call that rings. */
  answer(): Promise<void>;
  hangup(): Promise<void>;
  /** Keys 0 to 9, * and #. */
  press(digits: string): Promise<void>;
}

/**
 * A telephone for demonstrations and tests: an ordinary browser page that calls as a given caller. It takes a line for
 * each call (`credentials`) and gives it back, so the caller may be another one each time; switched on, it keeps its line
 * and rings when somebody calls it.
 *
 * @example
 * const telephone = createTelephone({ credentials: () => lineOf(chosenCaller()) });
 * telephone.state.subscribe(({ call }) => show(call));
 * await telephone.call('+982181021380');
 */
export function createTelephone(options: PhoneOptions): Telephone {
  const state = new Value<TelephoneState>({ call: 'idle' });
  let line: Phone | undefined;
  let isOn = false;
  /** The line of the call before, on its way back. */
  let leaving: Promise<void> = Promise.resolve();

  const current = (): { phone: Phone; call: CallState } | undefined => {
    const call = line?.get().calls[0];
    return line && call && { phone: line, call };
  };

  function giveBack(phone: Phone, last: TelephoneState): void {
    if (line !== phone) return;
    if (!isOn) {
      line = undefined;
      leaving = phone.stop().catch(() => undefined);
    }
    state.set(last);
  }

  async function takeLine(): Promise<Phone> {
    const phone = createPhone(options);
    line = phone;
    phone.subscribe(({ calls }) => {
      const [call] = calls;
      if (line !== phone || call === undefined || call.signalling === 'ended') return;
      const from = call.direction === 'incoming' ? { from: call.remote.number } : {};
      state.set({ call: call.signalling, ...from });
    });
    phone.on('call-ended', ({ call }) => {
      giveBack(phone, { call: 'idle', ...(call.end ? { end: call.end.reason } : {}) });
    });
    await leaving;
    await phone.start();
    return phone;
  }

  return {
    state,
    async switchOn() {
      if (isOn) return;
      isOn = true;
      try {
        await (line ?? takeLine());
      } catch (error) {
        isOn = false;
        line = undefined;
        throw error;
      }
    },
    async switchOff() {
      isOn = false;
      const phone = line;
      if (phone) giveBack(phone, { call: 'idle' });
      await leaving;
    },
    async call(number) {
      if (state.get().call !== 'idle') throw new Error('This telephone is in a call. Hang up first.');
      state.set({ call: 'inviting' });
      const taken = isOn ? line : undefined;
      let phone = taken;
      try {
        phone = taken ?? (await takeLine());
        await phone.call(number);
        // A page whose user has touched nothing yet may stay silent; the call goes on.
        if (line === phone) await phone.startAudio().catch(() => undefined);
      } catch (error) {
        const last: TelephoneState = { call: 'idle', problem: error instanceof Error ? error.message : String(error) };
        const used = phone ?? line;
        if (used) giveBack(used, last);
        else state.set(last);
      }
    },
    async answer() {
      const now = current();
      if (now?.call.direction !== 'incoming') return;
      await now.phone.answer(now.call.id);
      await now.phone.startAudio().catch(() => undefined);
    },
    async hangup() {
      const now = current();
      if (!now) return;
      if (now.call.direction === 'incoming' && now.call.signalling === 'ringing')
        await now.phone.decline(now.call.id, 'declined');
      else await now.phone.hangup(now.call.id);
    },
    async press(digits) {
      const now = current();
      if (now) await now.phone.sendDigits(now.call.id, digits);
    },
  };
}
