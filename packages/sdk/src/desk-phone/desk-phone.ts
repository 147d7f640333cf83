import type { Calls } from '../calls/calls.ts';
import { CallweaveError, isCallweaveError } from '../errors/callweave-error.ts';
import type { Client } from '../http/client.ts';
import type { Headset, Phone, PhoneOptions, Preflight } from '../phone/index.ts';
import type { CallState, OrphanedCall, PhonePolicy, PhoneState } from '../phone/state.ts';
import { type Readable, Value } from '../state/readable.ts';

/**
 * The browser phone as the desk uses it: calls are named by the desk's own call id. The engine is loaded when it is
 * first needed, so that a page which only shows a badge does not pay for it.
 */
export interface DeskPhone {
  /** Undefined until the phone is loaded. */
  readonly state: Readable<PhoneState | undefined>;
  /** Loads the engine and registers. Doing it again is harmless. */
  start(): Promise<Phone>;
  stop(): Promise<void>;
  /** The phone's side of a call of the desk. */
  callOf(callId: string): CallState | undefined;
  answer(callId: string): Promise<void>;
  decline(callId: string): Promise<void>;
  /** Hangs up over SIP, and over HTTP when SIP did not reach the exchange. */
  hangup(callId: string): Promise<void>;
  mute(callId: string, muted: boolean): Promise<void>;
  hold(callId: string, held: boolean): Promise<void>;
  sendDigits(callId: string, digits: string): Promise<void>;
  /** Do-not-disturb and call waiting of the browser phone; what is left out stays. */
  setPolicy(change: Partial<PhonePolicy>): Promise<void>;
  /** A test of the browser phone before the first call; it starts the phone, and works where that fails. */
  preflight(): Promise<Preflight>;
  /** The buttons of headsets (WebHID). One that was allowed before works without asking for this. */
  headset(): Promise<Headset>;
}

export interface DeskPhoneOptions extends Partial<Omit<PhoneOptions, 'credentials'>> {
  readonly client: Pick<Client, 'session'>;
  readonly calls: Calls;
  /** Base of the adapter, against which the exchange's WebSocket path is resolved. */
  readonly url: string;
}

export function createDeskPhone({ client, calls, url, ...options }: DeskPhoneOptions): DeskPhone {
  const state = new Value<PhoneState | undefined>(undefined);
  let loading: Promise<Phone> | undefined;
  let made: Phone | undefined;
  let unsubscribe: (() => void)[] = [];

  /** Asks the exchange to ring the call of a page that was reloaded. Of a call that is over, nobody need hear again. */
  const takeBack = async (phone: Phone, orphan: OrphanedCall): Promise<void> => {
    if (orphan.interactionId === undefined) return;
    try {
      await calls.resume(orphan.interactionId);
    } catch (error) {
      const over = isCallweaveError(error) && (error.code === 'call-not-live' || error.code === 'not-found');
      // Another failure may pass: the orphan stays, and the next start of the page tries again.
      if (over) await phone.dismissOrphan().catch(() => undefined);
    }
  };

  const make = async (): Promise<Phone> => {
    const { createPhone } = await import('../phone/index.ts');
    const phone = createPhone({
      // The exchange's WebSocket path belongs to the adapter's origin, which need not be the page's.
      pageUrl: new URL(url, globalThis.location?.href).href,
      ...options,
      credentials: async () => {
        const { realm, ...issued } = await client.session.phoneCredentials();
        return { ...issued, ...(realm === undefined ? {} : { realm }) };
      },
    });
    unsubscribe = [
      phone.subscribe((next) => state.set(next)),
      phone.on('call-orphaned', ({ orphan }) => {
        void takeBack(phone, orphan);
      }),
      phone.on('hangup-undelivered', ({ call }) => {
        if (call.interactionId !== undefined) void calls.hangup(call.interactionId).catch(() => undefined);
      }),
    ];
    state.set(phone.get());
    return phone;
  };

  const load = async (): Promise<Phone> => {
    // A phone that could not register keeps trying; starting again must not make a second one.
    made ??= await make();
    await made.start();
    return made;
  };

  const start = () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };

  const callOf = (callId: string) => state.get()?.calls.find((call) => call.interactionId === callId);

  const on = async (callId: string): Promise<{ phone: Phone; call: CallState }> => {
    const phone = await start();
    const call = callOf(callId);
    if (!call)
      throw new CallweaveError('call-not-live', 'This call is not on the browser phone.', {
        fix: 'It may ring at another device, or have ended.',
      });
    return { phone, call };
  };

  return {
    state,
    start,
    async stop() {
      const running = made ?? (await loading?.catch(() => undefined));
      loading = made = undefined;
      for (const end of unsubscribe) end();
      unsubscribe = [];
      await running?.stop();
      state.set(undefined);
    },
    callOf,
    async answer(callId) {
      const { phone, call } = await on(callId);
      await phone.answer(call.id);
    },
    async decline(callId) {
      const call = callOf(callId);
      if (call) await (await start()).decline(call.id, 'declined');
      else await calls.decline(callId);
    },
    async hangup(callId) {
      const call = callOf(callId);
      if (!call) {
        await calls.hangup(callId);
        return;
      }
      await (await start()).hangup(call.id);
    },
    async mute(callId, muted) {
      const { phone, call } = await on(callId);
      await phone.mute(call.id, muted);
    },
    async hold(callId, held) {
      const call = callOf(callId);
      if (!call) {
        // The responder is on their own telephone: the exchange holds for it.
        await calls.hold(callId, held);
        return;
      }
      const phone = await start();
      await (held ? phone.hold(call.id) : phone.unhold(call.id));
    },
    async sendDigits(callId, digits) {
      const { phone, call } = await on(callId);
      await phone.sendDigits(call.id, digits);
    },
    async preflight() {
      made ??= await make();
      return made.preflight();
    },
    async headset() {
      return (await start()).headset();
    },
    async setPolicy(change) {
      await (await start()).setPolicy(change);
    },
  };
}
