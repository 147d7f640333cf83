import { isPhoneError, PhoneError } from '../../errors/phone-error.ts';
import type { CommandOptions } from '../deadline.ts';
import { bounded } from '../deadline.ts';
import type { MachineEvent } from '../machine/machine.ts';
import { newId } from '../new-id.ts';
import type { SipCall, SipCallEvent } from '../ports/sip.ts';
import { checkDigits, checkTarget, headerLines } from '../sip/header-safety.ts';
import type { CallState } from '../state.ts';
import type { DeviceChoice } from './audio.ts';
import { type CallsHost, microphoneOf } from './calls-host.ts';
import { endOf } from './end-reason.ts';
import { createLiveCall, describeCall, type LiveCall, unknownCall, until, withCall } from './live-call.ts';
import { recoverMedia } from './media-recovery.ts';
import { sampleQuality } from './sample-quality.ts';

export interface CallOptions extends CommandOptions {
  /** Chosen by the caller, to recognise the call in the state at once. */
  readonly id?: string;
  /** Sent as `X-Callweave-Call`. */
  readonly interactionId?: string;
  /** Further SIP headers of the INVITE. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type DeclineReason = 'busy' | 'declined';

const CALL_DEADLINE_MS = 120_000;
const ANSWER_DEADLINE_MS = 20_000;
const CHANGE_DEADLINE_MS = 20_000;
const HANGUP_DEADLINE_MS = 10_000;
const MEDIA_RETRY_MS = 4_000;
const INTERACTION_ID = /^[\x21-\x7e]{1,128}$/;

export class Calls {
  readonly #host: CallsHost;
  readonly #live = new Map<string, LiveCall>();

  constructor(host: CallsHost) {
    this.#host = host;
  }

  handleIncoming(sip: SipCall): void {
    const call = createLiveCall(newId(), sip);
    const interactionId = acceptableId(sip.header('X-Callweave-Call'));
    const { orphan } = this.#host.state();
    // Only the call that this browser itself lost is picked up unasked; the header alone must not open a microphone.
    const resumed =
      sip.header('X-Callweave-Resume') === '1' &&
      interactionId !== undefined &&
      orphan?.interactionId === interactionId;
    this.#watch(call);
    this.#host.dispatch({
      type: 'call-added',
      call: describeCall(call, this.#host.clock.now(), 'ringing', interactionId, resumed),
      autoAnswer: resumed || this.#host.autoAnswer?.({ interactionId, header: (name) => sip.header(name) }) === true,
    });
  }

  async call(target: string, options: CallOptions = {}): Promise<string> {
    const checked = checkTarget(target);
    const headers = headerLines({
      ...options.headers,
      ...(options.interactionId === undefined ? {} : { 'X-Callweave-Call': options.interactionId }),
    });
    const id = options.id ?? newId();
    if (this.#host.state().calls.length > 0)
      throw new PhoneError('busy', 'A call is in progress. End it before calling.', { retryable: true });
    return bounded(
      this.#host.clock,
      options,
      { name: 'The call', deadlineMs: CALL_DEADLINE_MS, callId: id },
      async (signal) => {
        await this.#host.whenHealthy(signal);
        const stream = await microphoneOf(this.#host, id);
        let call: LiveCall;
        try {
          signal.throwIfAborted();
          // Somebody may have rung in the meantime.
          if (this.#host.state().calls.length > 0)
            throw new PhoneError('busy', 'A call is in progress. End it before calling.', { callId: id });
          const sip = this.#host
            .engine()
            .invite({ target: checked, stream, configuration: this.#host.rtcConfiguration, headers });
          call = createLiveCall(id, sip);
        } catch (cause) {
          this.#host.audio.release(id);
          if (signal.aborted || isPhoneError(cause)) throw cause;
          throw new PhoneError(
            'call-failed',
            'The call could not be started. Check the number and the WebRTC support of this browser.',
            { cause, callId: id },
          );
        }
        this.#watch(call);
        this.#host.dispatch({
          type: 'call-added',
          call: describeCall(call, this.#host.clock.now(), 'media', options.interactionId, false),
          autoAnswer: false,
        });
        signal.addEventListener('abort', () => void this.hangup(id).catch(() => {}), { once: true });
        await until(call, (event) => event.type === 'confirmed', signal);
        return id;
      },
    );
  }

  async answer(id: string, options: CommandOptions = {}): Promise<void> {
    const call = this.#find(id);
    const state = this.#state(id);
    if (state.direction !== 'incoming' || state.signalling !== 'ringing') {
      throw new PhoneError('wrong-state', 'Only a ringing call can be answered.', { callId: id });
    }
    await this.#holdOthers(id, options);
    // Holding took time, in which the caller may have given up.
    if (this.#state(id).signalling !== 'ringing')
      throw new PhoneError('wrong-state', 'Only a ringing call can be answered.', { callId: id });
    this.#change(id, { signalling: 'answering' });
    return bounded(
      this.#host.clock,
      options,
      { name: 'The answer', deadlineMs: ANSWER_DEADLINE_MS, callId: id },
      async (signal) => {
        let stream: MediaStream;
        try {
          stream = await microphoneOf(this.#host, id);
        } catch (error) {
          // The caller keeps hearing the ring, and the agent can put the microphone right and answer again.
          this.#change(id, { signalling: 'ringing' });
          throw error;
        }
        if (call.end || !this.#live.has(id)) {
          this.#host.audio.release(id);
          throw new PhoneError('wrong-state', 'The caller gave up before the answer.', { callId: id });
        }
        const confirmed = until(call, (event) => event.type === 'confirmed', signal);
        confirmed.catch(() => {});
        call.sip.answer({ stream, configuration: this.#host.rtcConfiguration });
        await confirmed;
      },
    );
  }

  /** Two people cannot be listened to at once: whoever talks now is held first. */
  async #holdOthers(id: string, options: CommandOptions): Promise<void> {
    for (const other of this.#host.state().calls)
      if (other.id !== id && other.signalling === 'active' && other.hold !== 'local' && other.hold !== 'both')
        await this.hold(other.id, true, options);
  }

  async decline(id: string, reason: DeclineReason = 'declined'): Promise<void> {
    const call = this.#find(id);
    const state = this.#state(id);
    if (state.direction !== 'incoming' || state.signalling !== 'ringing') {
      throw new PhoneError('wrong-state', 'Only a ringing call can be declined; hang up instead.', { callId: id });
    }
    call.forced = 'declined';
    if (reason === 'busy') call.sip.reject(486, 'Busy Here');
    else call.sip.reject(603, 'Decline');
  }

  /** Idempotent. Says whether the exchange confirmed; if not, the far side may still be connected. */
  async hangup(id: string, options: CommandOptions = {}): Promise<{ readonly byeDelivered: boolean }> {
    const call = this.#live.get(id);
    if (!call) {
      const last = this.#host.state().lastEnded;
      if (last?.id === id) return { byeDelivered: last.end?.byeDelivered ?? true };
      throw unknownCall(id);
    }
    if (this.#state(id).signalling === 'ringing' && call.sip.direction === 'incoming') {
      await this.decline(id);
      return { byeDelivered: this.#host.state().transport === 'up' };
    }
    const outcome = call.sip.hangup();
    return bounded(
      this.#host.clock,
      options,
      { name: 'The hang-up', deadlineMs: HANGUP_DEADLINE_MS, callId: id },
      async () => {
        const byeDelivered = await outcome;
        this.#host.dispatch({ type: 'bye', id, delivered: byeDelivered });
        return { byeDelivered };
      },
    );
  }

  async mute(id: string, muted: boolean): Promise<void> {
    const call = this.#find(id);
    call.muted = muted;
    call.sip.setMuted(muted);
    this.#change(id, { muted });
  }

  async hold(id: string, held: boolean, options: CommandOptions = {}): Promise<void> {
    const call = this.#find(id);
    if (this.#state(id).signalling !== 'active')
      throw new PhoneError('wrong-state', 'Only a connected call can be held.', { callId: id });
    const what = { name: held ? 'The hold' : 'Taking the call back', deadlineMs: CHANGE_DEADLINE_MS, callId: id };
    return bounded(this.#host.clock, options, what, (signal) =>
      call.run(async () => {
        signal.throwIfAborted();
        if (call.hold.local === held) return;
        this.#change(id, { hold: 'pending-local' });
        try {
          await this.#host.whenHealthy(signal);
          await call.sip.renegotiate({ hold: held }, signal);
        } catch (error) {
          throw withCall(error, id);
        } finally {
          // Whatever happened, the call shows what is true.
          this.#change(id, { hold: { ...call.hold } });
        }
      }),
    );
  }

  async sendDigits(id: string, digits: string, options: CommandOptions = {}): Promise<void> {
    const checked = checkDigits(digits);
    const call = this.#find(id);
    if (this.#state(id).signalling !== 'active')
      throw new PhoneError('wrong-state', 'Digits can be sent only while the call is connected.', { callId: id });
    const what = { name: 'Sending digits', deadlineMs: CHANGE_DEADLINE_MS + checked.length * 2_000, callId: id };
    return bounded(this.#host.clock, options, what, (signal) => call.sip.sendDigits(checked, signal));
  }

  async setDevices(choice: DeviceChoice): Promise<void> {
    try {
      await this.#host.audio.choose(choice);
    } catch (error) {
      if (isPhoneError(error)) this.#host.emit({ type: 'microphone-failed', error: error.toInfo() });
      throw error;
    }
  }

  async swapTrack(id: string, track: MediaStreamTrack): Promise<void> {
    await this.#live.get(id)?.sip.replaceTrack(track);
  }

  refuse(id: string, status: number): void {
    this.#live.get(id)?.sip.reject(status, status === 486 ? 'Busy Here' : undefined);
    this.#live.delete(id);
  }

  /** The socket fell while it rang: the caller's leg is gone from here. */
  abandonRinging(id: string): void {
    const call = this.#live.get(id);
    if (!call) return;
    call.forced = 'connection-lost';
    call.sip.reject(480);
  }

  autoAnswer(id: string): void {
    this.answer(id).catch((error: unknown) => {
      if (isPhoneError(error)) this.#host.emit({ type: 'error', error: error.toInfo() });
    });
  }

  recover(id: string, iceRestart: boolean): void {
    const call = this.#live.get(id);
    if (call) recoverMedia(call, iceRestart, this.#host);
  }

  retryMedia(id: string): void {
    const call = this.#live.get(id);
    if (!call) return;
    call.stopRetrying();
    call.stopRetrying = this.#host.clock.after(MEDIA_RETRY_MS, () => this.#host.dispatch({ type: 'media-retry', id }));
  }

  /** Ends everything politely, for `stop()`. */
  async hangUpAll(): Promise<void> {
    await Promise.all([...this.#live.keys()].map((id) => this.hangup(id).catch(() => {})));
  }

  /** Forgets everything without a word to the exchange, for a tab that lost the phone. */
  abandonAll(): void {
    for (const call of this.#live.values()) {
      call.stopSampling();
      call.stopRetrying();
      this.#host.audio.release(call.id);
    }
    this.#live.clear();
  }

  #watch(call: LiveCall): void {
    this.#live.set(call.id, call);
    call.sip.subscribe((event) => {
      if (this.#live.get(call.id) === call) this.#handle(call, event);
    });
  }

  #handle(call: LiveCall, event: SipCallEvent): void {
    const { id } = call;
    switch (event.type) {
      case 'gathering':
        if (call.sip.direction === 'outgoing') this.#change(id, { signalling: 'gathering' });
        return;
      case 'inviting':
      case 'ringing':
        return this.#change(id, { signalling: event.type });
      case 'accepted':
        this.#change(id, { signalling: 'active' });
        return this.#startSampling(call);
      case 'confirmed':
        return;
      case 'hold':
        call.hold = { local: event.local, remote: event.remote };
        // While an offer of ours is pending the state says so; its outcome brings both sides up to date.
        if (this.#peek(id)?.hold !== 'pending-local') this.#change(id, { hold: call.hold });
        return;
      case 'ice':
        return this.#host.dispatch({ type: 'ice', id, state: event.state });
      case 'remote-stream':
        void this.#host.audio.play(id, event.stream);
        return;
      case 'ended':
        return this.#finish(call, event);
    }
  }

  #finish(call: LiveCall, event: Extract<SipCallEvent, { type: 'ended' }>): void {
    const state = this.#peek(call.id);
    call.stopSampling();
    call.stopRetrying();
    call.end = endOf(state ?? { direction: call.sip.direction }, event, call.forced);
    this.#live.delete(call.id);
    this.#host.audio.release(call.id);
    this.#host.dispatch({ type: 'call-ended', id: call.id, end: call.end, at: this.#host.clock.now() });
  }

  #startSampling(call: LiveCall): void {
    call.stopSampling = sampleQuality(call, this.#host.clock, {
      state: () => this.#peek(call.id),
      result: ({ estimate, changes }) => {
        this.#host.dispatch({ type: 'quality', id: call.id, estimate });
        for (const change of changes) this.#host.emit({ type: 'quality-warning', callId: call.id, ...change });
      },
    });
  }

  #change(id: string, change: Extract<MachineEvent, { type: 'call-changed' }>['change']): void {
    this.#host.dispatch({ type: 'call-changed', id, change, at: this.#host.clock.now() });
  }

  #peek(id: string): CallState | undefined {
    return this.#host.state().calls.find((call) => call.id === id);
  }

  #state(id: string): CallState {
    const state = this.#peek(id);
    if (!state) throw unknownCall(id);
    return state;
  }

  #find(id: string): LiveCall {
    const call = this.#live.get(id);
    if (!call) throw unknownCall(id);
    return call;
  }
}

function acceptableId(value: string | undefined): string | undefined {
  return value !== undefined && INTERACTION_ID.test(value) ? value : undefined;
}
