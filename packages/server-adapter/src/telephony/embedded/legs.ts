import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type DeviceState,
  ECHO_NUMBER,
  ECHO_SECONDS,
  ExchangeError,
  type ExchangeEvent,
  type HangupCause,
  type LegId,
  type RingOptions,
} from '../exchange.ts';
import { deviceOf, isTelephone } from './account.ts';
import { Leg, type LegIdentity } from './leg.ts';
import { createLoop, loadPrompt } from './media/audio-source.ts';
import type { FrameClock } from './media/frame-clock.ts';
import { type MediaOptions, MediaPeer } from './media/peer.ts';
import type { ResolvedOptions } from './options.ts';
import type { CallHandlers } from './sip/call.ts';
import type { PhonePasswords } from './sip/digest.ts';
import type { IncomingCall } from './sip/incoming-call.ts';
import { type NewCall, SipServer } from './sip/server.ts';

/** An incoming call, with the answer to its offer in the making: it is ready when the flow decides to answer. */
interface Unanswered {
  readonly call: IncomingCall;
  readonly answer: Promise<string | undefined>;
}

/** All legs of the exchange, and how calls become legs. */
export class Legs {
  readonly #options: ResolvedOptions;
  readonly #clock: FrameClock;
  readonly #emit: (event: ExchangeEvent) => void;
  readonly #server: SipServer;
  readonly #music: Buffer;
  readonly #legs = new Map<LegId, Leg>();
  readonly #unanswered = new Map<LegId, Unanswered>();
  readonly #watch: NodeJS.Timeout;
  readonly #closing = new Set<Promise<void>>();

  static async open(
    options: ResolvedOptions,
    passwords: PhonePasswords,
    clock: FrameClock,
    emit: (event: ExchangeEvent) => void,
  ): Promise<Legs> {
    // The first media connection of a process makes the DTLS certificate, which takes longer than a call may wait.
    const first = new MediaPeer(mediaOptions(options), { audio: () => undefined, digit: () => undefined });
    await first.createOffer();
    await first.close();
    return new Legs(options, passwords, clock, emit, await loadPrompt('en', 'hold-music', options.promptsDir));
  }

  private constructor(
    options: ResolvedOptions,
    passwords: PhonePasswords,
    clock: FrameClock,
    emit: (event: ExchangeEvent) => void,
    music: Buffer,
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#emit = emit;
    this.#music = music;
    this.#server = new SipServer(
      {
        domain: options.domain,
        passwords,
        maxMessageBytes: options.maxMessageBytes,
        maxConnections: options.maxConnections,
        connection: {
          messagesPerSecond: options.messagesPerSecond,
          unauthenticatedMs: options.unauthenticatedSeconds * 1000,
          nonceLifetimeMs: 60_000,
          pingIntervalMs: 20_000,
        },
        log: options.log,
      },
      {
        admit: (account) => {
          if (this.#legs.size >= options.maxLegs) return 503;
          return this.#legsOf(account).length >= options.maxLegsPerAccount ? 486 : 'admitted';
        },
        incoming: (call) => this.#incoming(call),
        registrationChanged: (account) => this.#deviceChanged(account),
      },
    );
    this.#watch = setInterval(() => this.#endSilentLegs(), 1000);
    this.#watch.unref();
  }

  all(): Leg[] {
    return [...this.#legs.values()];
  }

  find(id: LegId): Leg | undefined {
    return this.#legs.get(id);
  }

  get(id: LegId): Leg {
    const leg = this.#legs.get(id);
    if (leg === undefined) throw new ExchangeError('unknown-leg', `There is no leg "${id}", or it has just ended.`);
    return leg;
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head);
  }

  disconnect(account: string): void {
    this.#server.disconnect(account);
  }

  deviceState(account: string): DeviceState {
    if (this.#legsOf(account).length > 0) return 'busy';
    return this.#server.registrar.find(account) === undefined ? 'unreachable' : 'idle';
  }

  async ring(options: RingOptions, account: string): Promise<void> {
    if (this.#legs.has(options.leg)) return;
    const registration = this.#server.registrar.find(account);
    if (registration === undefined || !registration.connection.open) {
      throw new ExchangeError('unreachable', `No phone is registered for ${account}.`);
    }
    if (this.#legs.size >= this.#options.maxLegs)
      throw new ExchangeError('failed', 'The exchange carries as many calls as it may; raise maxLegs.');
    const leg = this.#add({
      id: options.leg,
      origin: 'ring',
      account,
      device: options.device,
      from: options.callerId.number,
      to: account,
    });
    leg.tag = options.tag;
    const offer = await leg.peer.createOffer().catch((error: unknown) => {
      this.#ended(leg, 'failed');
      throw new ExchangeError('failed', `No audio could be prepared for ${account}: ${String(error)}`, {
        cause: error,
      });
    });
    // Taken back, or stopped, while the offer was made.
    if (this.#legs.get(leg.id) !== leg) return;
    const { callerId, timeoutSeconds, headers = {} } = options;
    const call = this.#server.createCall(
      registration,
      { callerId, headers, timeoutSeconds, offer },
      this.#callHandlers(leg),
    );
    leg.signalling = call;
    call.start();
  }

  progress(id: LegId): void {
    this.get(id);
    this.#unanswered.get(id)?.call.progress();
  }

  async answer(id: LegId): Promise<void> {
    const leg = this.get(id);
    const unanswered = this.#unanswered.get(id);
    if (unanswered === undefined) {
      if (leg.state === 'up') return;
      throw new ExchangeError('invalid', `The leg "${id}" rings a person; only that person can answer it.`);
    }
    const sdp = await unanswered.answer;
    this.get(id);
    if (!this.#unanswered.delete(id)) return;
    if (sdp === undefined) {
      unanswered.call.hangup('failed');
      throw new ExchangeError(
        'failed',
        'The phone offered no audio that the exchange understands (PCMU over DTLS-SRTP).',
      );
    }
    unanswered.call.answer(sdp);
    this.#up(leg);
  }

  hangup(id: LegId, cause?: HangupCause): void {
    const leg = this.#legs.get(id);
    if (leg === undefined) return;
    const told = cause ?? (leg.state === 'up' ? 'normal' : 'cancelled');
    if (leg.signalling === undefined) this.#ended(leg, told);
    else leg.signalling.hangup(told);
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    this.#server.close();
    await Promise.all(this.#closing);
  }

  #incoming(call: NewCall): { readonly handlers: CallHandlers; readonly begin: (call: IncomingCall) => void } {
    const telephone = isTelephone(call.account);
    // The caller id is the account's own, whatever From says.
    const leg = this.#create({
      id: randomUUID(),
      origin: telephone ? 'trunk' : 'device',
      account: call.account,
      device: deviceOf(call.account),
      from: call.account,
      to: call.dialled,
    });
    return {
      handlers: this.#callHandlers(leg),
      begin: (sipCall) => {
        leg.signalling = sipCall;
        this.#enter(leg);
        const answer = leg.peer.answerOffer(call.offer);
        if (!telephone && call.dialled === ECHO_NUMBER) return void this.#echo(leg, sipCall, answer);
        this.#unanswered.set(leg.id, { call: sipCall, answer });
        this.#emit({
          type: 'incoming',
          leg: leg.id,
          origin: telephone ? 'trunk' : 'device',
          from: leg.from,
          to: leg.to,
          at: new Date(),
        });
      },
    };
  }

  /** For a phone that tests itself; no flow ever hears of it. */
  async #echo(leg: Leg, call: IncomingCall, answer: Promise<string | undefined>): Promise<void> {
    leg.echoes = true;
    const sdp = await answer;
    if (this.#legs.get(leg.id) !== leg) return;
    if (sdp === undefined) return call.hangup('failed');
    call.answer(sdp);
    this.#up(leg);
    setTimeout(() => this.hangup(leg.id), ECHO_SECONDS * 1000).unref();
  }

  #callHandlers(leg: Leg): CallHandlers {
    return {
      ringing: () => this.#emit({ type: 'ringing', leg: leg.id, at: new Date() }),
      answered: (sdp) => {
        void leg.peer.acceptAnswer(sdp).then((usable) => {
          if (this.#legs.get(leg.id) !== leg) return;
          if (usable) this.#up(leg);
          else leg.signalling?.hangup('failed');
        });
      },
      ended: (cause) => this.#ended(leg, cause),
      offered: async (sdp) => {
        const answer = await leg.peer.answerOffer(sdp);
        if (leg.holdByPhone(leg.peer.heldByRemote))
          this.#emit({ type: 'held', leg: leg.id, held: leg.heldByPhone, at: new Date() });
        return answer;
      },
      digit: (digit) => this.#emit({ type: 'digit', leg: leg.id, digit, at: new Date() }),
    };
  }

  #create(identity: LegIdentity): Leg {
    return new Leg(identity, mediaOptions(this.#options), this.#clock, {
      music: () => createLoop(this.#music),
      digit: (digit) => this.#emit({ type: 'digit', leg: identity.id, digit, at: new Date() }),
      faxTone: () => this.#emit({ type: 'fax-tone', leg: identity.id, at: new Date() }),
    });
  }

  #add(identity: LegIdentity): Leg {
    const leg = this.#create(identity);
    this.#enter(leg);
    return leg;
  }

  #enter(leg: Leg): void {
    this.#legs.set(leg.id, leg);
    this.#deviceChanged(leg.account);
  }

  #up(leg: Leg): void {
    leg.state = 'up';
    leg.peer.lastReceivedAt = performance.now();
    this.#emit({ type: 'answered', leg: leg.id, at: new Date() });
  }

  #ended(leg: Leg, cause: HangupCause): void {
    if (!this.#legs.delete(leg.id)) return;
    this.#unanswered.delete(leg.id);
    leg.audio.close();
    leg.supervises?.end();
    for (const supervision of [...leg.supervisedBy]) supervision.end();
    leg.bridge?.leave(leg);
    leg.bridge = undefined;
    for (const recorder of leg.recorders) void recorder.finish();
    const closed = leg.peer.close().finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
    this.#emit({ type: 'hungup', leg: leg.id, cause, at: new Date() });
    this.#deviceChanged(leg.account);
  }

  #endSilentLegs(): void {
    const limit = this.#options.mediaTimeoutSeconds * 1000;
    for (const leg of this.all()) {
      // A phone on hold may send nothing at all; then only its media connection tells whether it is there.
      const silent = performance.now() - leg.peer.lastReceivedAt > limit && (!leg.heldByPhone || leg.peer.lost);
      if (leg.state === 'up' && silent) leg.signalling?.hangup('media-timeout');
    }
  }

  #legsOf(account: string): Leg[] {
    return this.all().filter((leg) => leg.account === account);
  }

  #deviceChanged(account: string): void {
    this.#emit({ type: 'device', device: deviceOf(account), state: this.deviceState(account), at: new Date() });
  }
}

function mediaOptions(options: ResolvedOptions): MediaOptions {
  return { address: options.mediaAddress, bindAddress: options.mediaBindAddress, ports: options.mediaPorts };
}
