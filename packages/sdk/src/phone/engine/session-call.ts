import { PhoneError } from '../../errors/phone-error.ts';
import type { InviteRequest, SipCall, SipCallEndCause, SipCallEvent, SipEngineOptions } from '../ports/sip.ts';
import { createSerial } from '../serial.ts';
import { sendDigits } from './digits.ts';
import { endCauseOf, finalStatus } from './end-cause.ts';
import { hastenIce } from './ice-ready.ts';
import type { JsSipEnd, JsSipMessage, JsSipSession, JsSipTerminate } from './jssip-types.ts';
import { type OfferFailed, offer } from './offer.ts';
import type { TransactionTap } from './transaction-tap.ts';

/** What a call needs from its engine. */
export interface SessionHost {
  readonly options: SipEngineOptions;
  readonly tap: TransactionTap;
  isConnected(): boolean;
  /** JsSIP forgets the password after the first challenge; without it a second realm cannot be answered. */
  refreshPassword(): void;
}

const BYE_DEADLINE_MS = 5_000;
const REFRESH_RETRY_MS = 15_000;
/** Long enough that no exchange refuses it as too short, and that a refresh is rare. */
export const SESSION_EXPIRES_SECONDS = 1800;

/** One call over one JsSIP session, which would otherwise end the call at the first mishap. */
export class SessionCall implements SipCall {
  readonly direction: 'incoming' | 'outgoing';
  readonly #host: SessionHost;
  readonly #listeners = new Set<(event: SipCallEvent) => void>();
  readonly #serial = createSerial();
  readonly #lifetime = new AbortController();
  #session!: JsSipSession;
  #invite: JsSipMessage | null = null;
  #terminate!: (options?: JsSipTerminate) => void;
  #hangup: Promise<boolean> | null = null;
  #endCause: SipCallEndCause | null = null;
  #ended = false;
  #offering: OfferFailed | null = null;
  #offerInProgress = false;
  #ownRenegotiation = false;
  #muted = false;
  #localHold = false;
  #remoteHold = false;
  #stopIce: () => void = () => {};
  /** Starts the INVITE again with a longer session, after a 422. */
  #again: ((sessionExpires: number) => JsSipSession) | null = null;

  constructor(host: SessionHost, direction: 'incoming' | 'outgoing') {
    this.#host = host;
    this.direction = direction;
  }

  static incoming(host: SessionHost, session: JsSipSession, request: JsSipMessage): SessionCall {
    const call = new SessionCall(host, 'incoming');
    call.#invite = request;
    call.#attach(session);
    return call;
  }

  static outgoing(
    host: SessionHost,
    request: InviteRequest,
    start: (options: Record<string, unknown>) => JsSipSession,
  ): SessionCall {
    const call = new SessionCall(host, 'outgoing');
    call.#again = (sessionTimersExpires) =>
      start({
        mediaStream: request.stream,
        mediaConstraints: { audio: true, video: false },
        pcConfig: request.configuration,
        extraHeaders: [...request.headers],
        sessionTimersExpires,
      });
    call.#attach(call.#again(SESSION_EXPIRES_SECONDS));
    call.#attachConnection();
    return call;
  }

  get connection(): RTCPeerConnection | null {
    return this.#session.connection;
  }

  get remote(): SipCall['remote'] {
    const identity = this.#session.remote_identity;
    const base = { user: identity.uri.user, uri: identity.uri.toString() };
    return identity.display_name ? { ...base, displayName: identity.display_name } : base;
  }

  header(name: string): string | undefined {
    return this.#invite?.getHeader(name);
  }

  subscribe(listener: (event: SipCallEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  answer(options: { readonly stream: MediaStream; readonly configuration: RTCConfiguration }): void {
    this.#host.refreshPassword();
    try {
      this.#session.answer({
        mediaStream: options.stream,
        mediaConstraints: { audio: true, video: false },
        pcConfig: options.configuration,
        sessionTimersExpires: SESSION_EXPIRES_SECONDS,
      });
    } catch (cause) {
      // JsSIP leaves the caller without any reply when RTCPeerConnection cannot be made.
      this.#endCause = 'media';
      this.#safely(() => this.#terminate({ status_code: 500, reason_phrase: 'Media Failure' }));
      throw new PhoneError(
        'media-failed',
        'The browser could not open a media connection. Reload the page or check its WebRTC settings.',
        { cause },
      );
    }
    this.#attachConnection();
  }

  reject(status: number, phrase?: string): void {
    this.#endCause ??= 'local';
    this.#safely(() =>
      this.#terminate(phrase === undefined ? { status_code: status } : { status_code: status, reason_phrase: phrase }),
    );
  }

  hangup(): Promise<boolean> {
    this.#hangup ??= this.#hangUpOnce();
    return this.#hangup;
  }

  renegotiate(change: { readonly hold?: boolean; readonly iceRestart?: boolean }, signal: AbortSignal): Promise<void> {
    return this.#serial(async () => {
      const { connection } = this;
      if (!connection || this.#ended) throw new PhoneError('wrong-state', 'The call has no media to change.');
      const hold = change.hold ?? this.#localHold;
      this.#offerInProgress = true;
      this.#host.refreshPassword();
      try {
        const context = {
          session: this.#session,
          connection,
          sipCallId: this.#sipCallId,
          tap: this.#host.tap,
          clock: this.#host.options.clock,
          onFailure: (handler: OfferFailed | null) => {
            this.#offering = handler;
            this.#ownRenegotiation = handler !== null;
          },
          reapplyTracks: () => this.#applyTracks(),
        };
        const direction = hold ? (this.#remoteHold ? 'inactive' : 'sendonly') : 'sendrecv';
        await offer(
          context,
          { direction, iceRestart: change.iceRestart ?? false },
          AbortSignal.any([signal, this.#lifetime.signal]),
        );
        this.#localHold = hold;
      } finally {
        this.#offerInProgress = false;
        this.#applyTracks();
      }
      if (change.hold !== undefined) this.#emitHold();
    });
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (!this.#ended && this.connection) this.#session[muted ? 'mute' : 'unmute']({ audio: true });
    this.#applyTracks();
  }

  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    const sender = this.connection?.getSenders().find((candidate) => candidate.track?.kind === 'audio');
    if (!sender) return;
    track.enabled = !this.#muted && !this.#localHold;
    await sender.replaceTrack(track);
    this.#applyTracks();
  }

  sendDigits(digits: string, signal: AbortSignal): Promise<void> {
    this.#host.refreshPassword();
    return sendDigits(this.#session, digits, this.#host.options.clock, signal);
  }

  get #sipCallId(): string {
    return this.#callId ?? '';
  }
  #callId: string | null = null;

  #attach(session: JsSipSession): void {
    this.#session = session;
    this.#callId = this.#invite?.call_id ?? null;
    this.#terminate = session.terminate.bind(session);
    session.terminate = (options) => this.#judgeTermination(options ?? {});
    this.#guardRefresh(session);
    this.#refuseTransfers(session);
    session.on('connecting', () => this.#emit({ type: 'gathering' }));
    session.on('sending', (event) => {
      this.#callId = (event as { request: JsSipMessage }).request.call_id;
      this.#emit({ type: 'inviting' });
    });
    session.on('progress', ({ response }) => {
      if (response) this.#emit({ type: 'ringing', status: response.status_code ?? 180 });
    });
    session.on('accepted', () => this.#emit({ type: 'accepted' }));
    session.on('confirmed', () => this.#emit({ type: 'confirmed' }));
    session.on('hold', ({ originator }) => this.#remoteHoldChanged(originator, true));
    session.on('unhold', ({ originator }) => this.#remoteHoldChanged(originator, false));
    // JsSIP answers 491 to a foreign offer while ours is in the air, and then applies it all the same.
    session.on('reinvite', ({ reject }) => {
      if (this.#offerInProgress && this.#offering) reject({ status_code: 491 });
    });
    session.on('update', ({ request, reject }) => {
      if (request.body && this.#offerInProgress && this.#offering) reject({ status_code: 491 });
    });
    session.on('ended', (end) => this.#finish(end));
    session.on('failed', (end) => this.#failed(session, end));
  }

  #attachConnection(): void {
    // The `peerconnection` event fires before anyone can listen on outgoing calls; the property is always there.
    const { connection } = this;
    if (!connection) return;
    this.#stopIce();
    this.#stopIce = hastenIce(this.#session, connection, this.#host.options);
    connection.addEventListener('iceconnectionstatechange', () => {
      if (!this.#ended) this.#emit({ type: 'ice', state: connection.iceConnectionState });
    });
    connection.addEventListener('track', (event) => {
      this.#emit({ type: 'remote-stream', stream: event.streams[0] ?? new MediaStream([event.track]) });
    });
  }

  /** JsSIP ends the call for reasons that are no reason; ours alone, and real ends, pass. */
  #judgeTermination(options: JsSipTerminate): void {
    if (options.reason_phrase === 'Media Renegotiation Failed') return this.#offering?.('refused');
    // The media path broke: whether it can be renewed is decided above, by whoever knows the state of the signalling.
    if (options.cause === 'RTP Timeout') return;
    if (options.cause === 'Connection Error' || (options.cause === 'Request Timeout' && this.#offering)) {
      const lost = options.cause === 'Connection Error' ? 'connection-lost' : 'timeout';
      if (this.#session.isEstablished() && this.#wasConfirmed()) return this.#offering?.(lost);
      this.#endCause ??= lost;
    } else if (options.cause === 'Request Timeout') this.#endCause ??= 'timeout';
    else this.#endCause ??= options.cause ? 'failed' : 'local';
    this.#safely(() => this.#terminate(options));
  }

  #wasConfirmed(): boolean {
    const { status } = this.#session;
    return status === 6 || status === 9; // WAITING_FOR_ACK, CONFIRMED
  }

  /** The session refresh of JsSIP offers outside our queue, and a failure of it leaves a half-made offer behind. */
  #guardRefresh(session: JsSipSession): void {
    const isReady = session.isReadyToReOffer.bind(session);
    session.isReadyToReOffer = () => {
      if (this.#ownRenegotiation || this.#offerInProgress) return isReady();
      this.#refresh();
      return false;
    };
  }

  /** A success arms the timer of JsSIP again; after a failure nobody would, and the far side would let the call expire. */
  #refresh(): void {
    this.renegotiate({}, this.#lifetime.signal).catch(() => {
      if (!this.#ended) this.#stopRefresh = this.#host.options.clock.after(REFRESH_RETRY_MS, () => this.#refresh());
    });
  }
  #stopRefresh: () => void = () => {};

  /** JsSIP accepts a REFER before anyone is asked. Nobody may send our agent's call elsewhere. */
  #refuseTransfers(session: JsSipSession): void {
    const receive = session.receiveRequest.bind(session);
    session.receiveRequest = (request) => {
      if (request.method === 'REFER') request.reply(603, 'Transfer Not Allowed');
      else if (request.method === 'INVITE' && request.getHeader('Replaces'))
        request.reply(603, 'Replacement Not Allowed');
      else receive(request);
    };
  }

  async #hangUpOnce(): Promise<boolean> {
    if (this.#ended) return true;
    this.#endCause ??= 'local';
    this.#host.refreshPassword();
    const connected = this.#host.isConnected();
    if (!this.#wasConfirmed()) {
      this.#safely(() => this.#terminate());
      return connected;
    }
    const answered = connected ? this.#host.tap.byeOutcome(this.#sipCallId) : Promise.resolve(false);
    this.#safely(() => this.#terminate());
    const late = new Promise<boolean>((resolve) =>
      this.#host.options.clock.after(BYE_DEADLINE_MS, () => resolve(false)),
    );
    return Promise.race([answered, late]);
  }

  #remoteHoldChanged(originator: 'local' | 'remote', held: boolean): void {
    if (originator === 'remote') {
      this.#remoteHold = held;
      this.#emitHold();
    }
    this.#applyTracks();
  }

  #emitHold(): void {
    this.#emit({ type: 'hold', local: this.#localHold, remote: this.#remoteHold });
  }

  #applyTracks(): void {
    for (const sender of this.connection?.getSenders() ?? []) {
      if (sender.track?.kind === 'audio') sender.track.enabled = !this.#muted && !this.#localHold;
    }
  }

  #failed(session: JsSipSession, end: JsSipEnd): void {
    if (session !== this.#session) return;
    const message = typeof end.message === 'object' ? end.message : null;
    const minimum = Number(message?.getHeader('Min-SE'));
    if (message?.status_code === 422 && this.#again && Number.isFinite(minimum) && this.#endCause === null) {
      const again = this.#again;
      this.#again = null;
      this.#attach(again(minimum));
      this.#attachConnection();
      return;
    }
    this.#finish(end);
  }

  #finish(end: JsSipEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopIce();
    this.#stopRefresh();
    this.#offering?.('ended');
    this.#lifetime.abort(new PhoneError('wrong-state', 'The call has ended.'));
    const cause = this.#endCause && end.originator !== 'remote' ? this.#endCause : endCauseOf(end);
    this.#emit({ type: 'ended', cause, ...finalStatus(end) });
  }

  #safely(task: () => void): void {
    try {
      task();
    } catch {
      // Terminating twice throws in JsSIP; being over is what was asked for.
    }
  }

  #emit(event: SipCallEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
