import { isPhoneError, PhoneError } from '../../errors/phone-error.ts';
import type { PhoneEvent } from '../events.ts';
import { type Effect, INITIAL_MACHINE, type Machine, type MachineEvent, type TimerKey } from '../machine/machine.ts';
import { reduce } from '../machine/reduce.ts';
import { createBrowserMedia } from '../media/browser-media.ts';
import type { Clock } from '../ports/clock.ts';
import type { MediaPort } from '../ports/media.ts';
import type { CreateSipEngine, SipEngineOptions, SipEvent, SipIdentity, SipPort } from '../ports/sip.ts';
import type { Store } from '../ports/store.ts';
import type { PhonePolicy, PhoneState } from '../state.ts';
import { Audio } from './audio.ts';
import { DEFAULT_RECONNECT_POLICY, type ReconnectPolicy } from './backoff.ts';
import { Calls } from './calls.ts';
import type { AutoAnswer } from './calls-host.ts';
import { CredentialRenewal } from './credential-renewal.ts';
import type { CredentialSource } from './credentials.ts';
import { forgetCall, instanceId, readOrphan, rememberCall } from './kept.ts';
import { readPolicy, writePolicy } from './policy.ts';
import { registrationError } from './registration-error.ts';

export interface CoreOptions {
  readonly clock: Clock;
  readonly store: Store;
  /** @default the browser's */
  readonly media: MediaPort | undefined;
  readonly microphoneConstraints: MediaTrackConstraints | undefined;
  readonly createEngine: CreateSipEngine;
  readonly engineOptions: Omit<SipEngineOptions, 'instanceId' | 'clock'>;
  readonly reconnect: ReconnectPolicy | undefined;
  readonly rtcConfiguration: RTCConfiguration;
  readonly autoAnswer: AutoAnswer | undefined;
  onState(state: PhoneState): void;
  onEvent(event: PhoneEvent): void;
}

/** Longest pause between attempts while people are talking. */
const IN_CALL_RECONNECT_MS = 3_000;

/** The phone of the tab that owns it: feeds the machine with what happens, and carries out what it decides. */
export class Core {
  readonly calls: Calls;
  readonly audio: Audio;
  readonly #options: CoreOptions;
  readonly #queue: MachineEvent[] = [];
  readonly #timers = new Map<TimerKey, () => void>();
  readonly #healthWaiters = new Set<() => void>();
  readonly #renewal: CredentialRenewal;
  #machine: Machine = INITIAL_MACHINE;
  #draining = false;
  #engine: { readonly port: SipPort; readonly identity: SipIdentity } | null = null;
  #credentials: CredentialSource | null = null;
  #address = '';
  /** Outdated asynchronous work of a previous start compares this and gives up. */
  #generation = 0;
  #registeredAt = 0;

  constructor(options: CoreOptions) {
    this.#options = options;
    this.audio = new Audio(options.media ?? createBrowserMedia(options.microphoneConstraints), {
      devices: (devices) => {
        this.dispatch({ type: 'devices', devices });
        if (devices.microphones) options.onEvent({ type: 'devices-changed' });
      },
      playback: (blocked, callId) => {
        this.dispatch({ type: 'playback', blocked });
        if (blocked && callId) options.onEvent({ type: 'playback-blocked', callId });
      },
      activation: (needed) => this.dispatch({ type: 'activation', needed }),
      swap: (callId, track) => this.calls.swapTrack(callId, track),
      lost: (device) => options.onEvent({ type: 'device-lost', ...device }),
      microphoneFailed: (error) => options.onEvent({ type: 'microphone-failed', error }),
    });
    this.#renewal = new CredentialRenewal(options.clock, {
      expiring: (expiresAt) => options.onEvent({ type: 'credentials-expiring', expiresAt }),
      renewed: (identity) => this.#engine?.port.setIdentity(identity),
      failed: (error) => {
        if (isPhoneError(error)) options.onEvent({ type: 'error', error: error.toInfo() });
      },
    });
    this.calls = new Calls({
      clock: options.clock,
      audio: this.audio,
      rtcConfiguration: options.rtcConfiguration,
      autoAnswer: options.autoAnswer,
      state: () => this.state,
      dispatch: (event) => this.dispatch(event),
      emit: (event) => options.onEvent(event),
      engine: () => this.#requireEngine(),
      whenHealthy: (signal) => this.#whenHealthy(signal),
    });
  }

  get state(): PhoneState {
    return this.#machine.phone;
  }

  /** This tab owns the phone of `address` from now on. */
  own(address: string, credentials: CredentialSource): void {
    this.#address = address;
    this.#credentials = credentials;
    this.#generation += 1;
    this.audio.open();
    this.dispatch({ type: 'own', orphan: readOrphan(this.#options.store, address) });
    this.dispatch({ type: 'policy', policy: readPolicy(this.#options.store, address) });
    this.dispatch({ type: 'start' });
  }

  /** Another tab took the phone. Calls end here without a BYE: the new owner asks for them to be rung back in. */
  disown(): void {
    this.calls.abandonAll();
    this.#engine?.port.dropTransport('taken over');
    this.audio.close();
    this.dispatch({ type: 'disown' });
  }

  async stop(): Promise<void> {
    await this.calls.hangUpAll();
    this.dispatch({ type: 'stop' });
    this.audio.close();
    await this.#closing;
  }
  #closing: Promise<void> = Promise.resolve();

  setPolicy(change: Partial<PhonePolicy>): void {
    const policy = { ...this.state.policy, ...change };
    writePolicy(this.#options.store, this.#address, policy);
    this.dispatch({ type: 'policy', policy });
  }

  nudge(): void {
    const age = this.#options.clock.now() - this.#registeredAt;
    this.dispatch({ type: 'nudge', lapsed: age > this.#options.engineOptions.registerSeconds * 1000 });
  }

  dispatch(event: MachineEvent): void {
    this.#queue.push(event);
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
        const before = this.#machine.phone;
        const [machine, effects] = reduce(this.#machine, next);
        this.#machine = machine;
        if (machine.phone !== before) this.#options.onState(machine.phone);
        for (const effect of effects) this.#perform(effect);
      }
    } finally {
      this.#draining = false;
    }
    if (this.#isHealthy()) for (const waiter of [...this.#healthWaiters]) waiter();
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'connect':
        void this.#connect();
        return;
      case 'register':
        void this.#register(effect.fresh);
        return;
      case 'check-line':
        return this.#engine?.port.checkLine();
      case 'close':
        return this.#close();
      case 'drop-transport':
        return this.#engine?.port.dropTransport(effect.reason);
      case 'backoff':
        return this.#setTimer(effect.key, this.#delay(effect));
      case 'timer':
        return this.#setTimer(effect.key, effect.ms);
      case 'cancel-timer':
        this.#timers.get(effect.key)?.();
        this.#timers.delete(effect.key);
        return;
      case 'refuse':
        return this.calls.refuse(effect.id, effect.status);
      case 'auto-answer':
        return this.calls.autoAnswer(effect.id);
      case 'abandon-ringing':
        return this.calls.abandonRinging(effect.id);
      case 'recover':
        return this.calls.recover(effect.id, effect.iceRestart);
      case 'retry-media':
        return this.calls.retryMedia(effect.id);
      case 'ringer':
        return this.audio.ring(effect.ring);
      case 'remember':
        return rememberCall(this.#options.store, this.#address, effect.call);
      case 'forget':
        return forgetCall(this.#options.store, this.#address);
      case 'emit':
        return this.#options.onEvent(effect.event);
    }
  }

  async #connect(): Promise<void> {
    const generation = this.#generation;
    try {
      const identity = await this.#identity(false);
      if (generation !== this.#generation) return;
      const engine = await this.#ensureEngine(identity);
      if (generation === this.#generation && this.#machine.phone.transport === 'connecting') engine.connect();
    } catch (error) {
      if (generation === this.#generation) this.#failCredentials(error);
    }
  }

  async #register(fresh: boolean): Promise<void> {
    const generation = this.#generation;
    try {
      const identity = await this.#identity(fresh);
      if (generation !== this.#generation || this.#machine.phone.transport !== 'up' || !this.#engine) return;
      if (identity.uri !== this.#engine.identity.uri || identity.server !== this.#engine.identity.server) {
        // Another account or another exchange: begin again with it, unless people are talking over the old one.
        if (this.#machine.phone.calls.length === 0) this.#engine.port.dropTransport('The credentials point elsewhere.');
        return;
      }
      this.#engine.port.setIdentity(identity);
      this.#engine.port.register();
    } catch (error) {
      if (generation === this.#generation) this.#failCredentials(error);
    }
  }

  #identity(fresh: boolean): Promise<SipIdentity> {
    if (!this.#credentials)
      return Promise.reject(new PhoneError('not-started', 'The phone has no credentials. Call start() first.'));
    const source = this.#credentials;
    return source.current(fresh).then((identity) => {
      if (this.#machine.wanted) this.#renewal.plan(source);
      return identity;
    });
  }

  async #ensureEngine(identity: SipIdentity): Promise<SipPort> {
    const existing = this.#engine;
    if (existing && existing.identity.uri === identity.uri && existing.identity.server === identity.server) {
      existing.port.setIdentity(identity);
      return existing.port;
    }
    if (existing) this.#discardEngine();
    const port = await this.#options.createEngine(identity, {
      ...this.#options.engineOptions,
      instanceId: instanceId(this.#options.store),
      clock: this.#options.clock,
    });
    port.subscribe((event) => {
      if (this.#engine?.port === port) this.#handle(event);
    });
    this.#engine = { port, identity };
    return port;
  }

  #handle(event: SipEvent): void {
    switch (event.type) {
      case 'transport-up':
      case 'transport-down':
      case 'registration-expiring':
      case 'line-doubtful':
        return this.dispatch(event);
      case 'registered':
        this.#registeredAt = this.#options.clock.now();
        return this.dispatch(event);
      case 'incoming':
        return this.calls.handleIncoming(event.call);
      case 'registration-failed': {
        const { error, refused } = registrationError(event);
        const { retryAfterMs = 0 } = event;
        return this.dispatch({ type: 'registration-failed', error: error.toInfo(), refused, retryAfterMs });
      }
    }
  }

  #failCredentials(cause: unknown): void {
    const error = isPhoneError(cause)
      ? cause
      : new PhoneError('engine-failed', 'The phone could not be started in this browser.', { cause, retryable: true });
    this.dispatch({ type: 'credentials-failed', error: error.toInfo() });
  }

  #close(): void {
    this.#generation += 1;
    this.#renewal.stop();
    this.#closing = this.#discardEngine();
  }

  #discardEngine(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    return engine ? engine.port.close() : Promise.resolve();
  }

  #requireEngine(): SipPort {
    if (!this.#engine) throw new PhoneError('not-started', 'The phone is not started. Call start() first.');
    return this.#engine.port;
  }

  #isHealthy(): boolean {
    return this.state.transport === 'up' && this.state.registration === 'ok';
  }

  #whenHealthy(signal: AbortSignal): Promise<void> {
    if (!this.#machine.wanted)
      return Promise.reject(new PhoneError('not-started', 'The phone is not started. Call start() first.'));
    if (this.#isHealthy()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const done = (): void => {
        this.#healthWaiters.delete(done);
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        this.#healthWaiters.delete(done);
        reject(signal.reason);
      };
      this.#healthWaiters.add(done);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  }

  #delay({ key, attempt, atLeastMs }: Extract<Effect, { type: 'backoff' }>): number {
    const delay = (this.#options.reconnect ?? DEFAULT_RECONNECT_POLICY).delayMs(key, attempt, atLeastMs);
    // Somebody is waiting to be heard, and the exchange ends a call that stays silent.
    const talking = this.state.calls.some(({ signalling }) => signalling === 'active');
    return key === 'reconnect' && talking ? Math.min(delay, IN_CALL_RECONNECT_MS * (0.5 + Math.random() / 2)) : delay;
  }

  #setTimer(key: TimerKey, ms: number): void {
    this.#timers.get(key)?.();
    this.#timers.set(
      key,
      this.#options.clock.after(ms, () => {
        this.#timers.delete(key);
        this.dispatch({ type: 'timer', key });
      }),
    );
  }
}
