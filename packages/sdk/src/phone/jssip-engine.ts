/**
 * The SIP stack: JsSIP behind our own port. This is the only file that imports it, and it is loaded on demand, because
 * it weighs more than everything else together.
 */
import JsSIP from 'jssip';
import type { JsSipModule, JsSipSession, JsSipUa } from './engine/jssip-types.ts';
import { type KeepAliveSocket, keepAlive } from './engine/keep-alive.ts';
import { SessionCall, type SessionHost } from './engine/session-call.ts';
import { tapSocket } from './engine/socket-tap.ts';
import { tapTransactions } from './engine/transaction-tap.ts';
import { createWebSocket } from './engine/web-socket.ts';
import type { InviteRequest, SipCall, SipEngineOptions, SipEvent, SipIdentity, SipPort } from './ports/sip.ts';
import { refuseControlCharacters } from './sip/header-safety.ts';
import type { PeekedResponse } from './sip/peek.ts';

const jssip = JsSIP as unknown as JsSipModule;

// JsSIP's log is one global switch (a key in localStorage) and prints Authorization headers. It stays off whatever the
// page sets; `trace` of the phone's options gives a redacted one.
if (jssip.debug?.enabled) {
  const enabled = jssip.debug.enabled.bind(jssip.debug);
  jssip.debug.enabled = (namespace) => !namespace.startsWith('JsSIP') && enabled(namespace);
}

/** JsSIP would reconnect on its own schedule; the phone decides instead, so its timer is put out of reach (seconds). */
const NEVER_SECONDS = 2_000_000;
/** An unanswered call is for the exchange to take back; this only keeps JsSIP from doing it after a minute (seconds). */
const NO_ANSWER_SECONDS = 600;

export function createJsSipEngine(identity: SipIdentity, options: SipEngineOptions): SipPort {
  return new JsSipEngine(identity, options);
}

class JsSipEngine implements SipPort {
  readonly #options: SipEngineOptions;
  readonly #ua: JsSipUa;
  readonly #host: SessionHost;
  readonly #line: KeepAliveSocket;
  readonly #listeners = new Set<(event: SipEvent) => void>();
  #identity: SipIdentity;
  #started = false;
  #closing = false;

  constructor(identity: SipIdentity, options: SipEngineOptions) {
    for (const [name, value] of Object.entries(identity))
      refuseControlCharacters(String(value), `The credential "${name}"`);
    if (options.displayName) refuseControlCharacters(options.displayName, 'The display name');
    this.#identity = identity;
    this.#options = options;
    this.#line = keepAlive((options.createSocket ?? createWebSocket)(identity.server), {
      clock: options.clock,
      onDoubt: () => this.#emit({ type: 'line-doubtful' }),
    });
    const socket = tapSocket(this.#line, {
      onResponse: (response) => this.#handleResponse(response),
      trace: options.trace,
    });
    this.#ua = new jssip.UA({
      sockets: [socket],
      uri: identity.uri,
      authorization_user: identity.username,
      password: identity.password,
      ...(identity.realm ? { realm: identity.realm } : {}),
      ...(options.displayName ? { display_name: options.displayName } : {}),
      instance_id: options.instanceId,
      register: false,
      register_expires: options.registerSeconds,
      session_timers: true,
      session_timers_refresh_method: 'INVITE',
      no_answer_timeout: NO_ANSWER_SECONDS,
      connection_recovery_min_interval: NEVER_SECONDS,
      connection_recovery_max_interval: NEVER_SECONDS,
      user_agent: 'Callweave',
    });
    this.#host = {
      options,
      tap: tapTransactions(this.#ua),
      isConnected: () => this.#ua.transport.isConnected(),
      refreshPassword: () => this.#refreshPassword(),
    };
    this.#listen();
  }

  subscribe(listener: (event: SipEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect(): void {
    // `start()` does nothing once the first connection was lost; the transport itself always reconnects.
    if (this.#started) this.#ua.transport.connect();
    else {
      this.#started = true;
      this.#ua.start();
    }
  }

  checkLine(): void {
    this.#line.check();
  }

  dropTransport(): void {
    this.#ua.transport.disconnect();
  }

  setIdentity(identity: SipIdentity): void {
    for (const [name, value] of Object.entries(identity))
      refuseControlCharacters(String(value), `The credential "${name}"`);
    this.#identity = identity;
    this.#ua.set('authorization_user', identity.username);
    this.#refreshPassword();
  }

  register(): void {
    this.#refreshPassword();
    this.#ua.registrator().register();
  }

  invite(request: InviteRequest): SipCall {
    this.#refreshPassword();
    return SessionCall.outgoing(this.#host, request, (options) => {
      this.#refreshPassword();
      return this.#ua.call(request.target, options);
    });
  }

  close(): Promise<void> {
    this.#closing = true;
    this.#refreshPassword();
    this.#ua.stop();
    this.#listeners.clear();
    // JsSIP leaves itself two seconds for the answers to BYE and un-REGISTER.
    return new Promise((resolve) => this.#options.clock.after(this.#ua.transport.isConnected() ? 2_000 : 0, resolve));
  }

  #refreshPassword(): void {
    this.#ua.set('password', this.#identity.password);
  }

  #listen(): void {
    const ua = this.#ua;
    ua.on('connected', () => this.#emit({ type: 'transport-up' }));
    ua.on('disconnected', ({ code, reason }) => {
      this.#emit({
        type: 'transport-down',
        reason: reason || (code ? `The connection closed with code ${code}.` : 'The connection was lost.'),
      });
    });
    // With a listener, JsSIP leaves the renewal to us, so that fresh credentials can be fetched first.
    ua.on('registrationExpiring', () => this.#emit({ type: 'registration-expiring' }));
    ua.on('registrationFailed', ({ response, cause }) => {
      // The fall of the socket is reported by the socket.
      if (cause === 'Connection Error') return;
      if (!response) return this.#emit({ type: 'registration-failed', cause: 'timeout' });
      const retryAfter = Number.parseInt(response.getHeader('Retry-After') ?? '', 10);
      this.#emit({
        type: 'registration-failed',
        cause: 'answer',
        status: response.status_code ?? 0,
        ...(response.reason_phrase ? { phrase: response.reason_phrase } : {}),
        ...(Number.isFinite(retryAfter) ? { retryAfterMs: retryAfter * 1000 } : {}),
      });
    });
    ua.on('newRTCSession', ({ originator, session, request }) => {
      if (originator !== 'remote') return;
      this.#emit({ type: 'incoming', call: SessionCall.incoming(this.#host, session as JsSipSession, request) });
    });
  }

  #handleResponse(response: PeekedResponse): void {
    if (this.#closing || response.method !== 'REGISTER' || response.status < 200 || response.status >= 300) return;
    const { user } = this.#ua.contact.uri;
    const ours = response.contacts.some(
      (contact) => contact.includes(`:${user}@`) || contact.includes(this.#options.instanceId),
    );
    this.#emit(ours ? { type: 'registered' } : { type: 'registration-failed', cause: 'no-contact' });
  }

  #emit(event: SipEvent): void {
    if (this.#closing) return;
    for (const listener of [...this.#listeners]) listener(event);
  }
}
