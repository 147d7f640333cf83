import type { WebSocket } from 'ws';
import { topBranch } from './address.ts';
import { composeMessage, composeResponse, type HeaderLine, newBranch, randomToken } from './compose.ts';
import { Nonces } from './digest.ts';
import { parseSipMessage, type SipHeaders, type SipRequest, type SipResponse, SipSyntaxError } from './message.ts';

export interface ConnectionLimits {
  /** Messages a second, on average; twice as many in a burst. */
  readonly messagesPerSecond: number;
  /** A socket that has not authenticated after so long is closed. */
  readonly unauthenticatedMs: number;
  readonly nonceLifetimeMs: number;
  readonly pingIntervalMs: number;
}

export interface ConnectionHandlers {
  readonly request: (request: SipRequest, connection: SipConnection) => void;
  readonly closed: (connection: SipConnection) => void;
  readonly log: (level: 'debug' | 'warn', message: string) => void;
}

/** What becomes of a request of ours: responses, or none in time, or the socket closed. */
export type RequestOutcome = SipResponse | 'timeout' | 'closed';

interface ClientTransaction {
  readonly onResponse: (outcome: RequestOutcome) => void;
  readonly method: string;
  timer: NodeJS.Timeout | undefined;
}

const MAX_AUTH_FAILURES = 5;
const MAX_MALFORMED = 50;

/** One WebSocket with a phone at its end: framing, keep-alive, limits, and the transactions we started on it. */
export class SipConnection {
  readonly id = randomToken();
  readonly nonces: Nonces;
  /** The account that proved itself on this connection; it stays for the life of the socket. */
  account: string | undefined;
  /** Incoming INVITEs without a final response, by branch: what a CANCEL refers to. */
  readonly pendingInvites = new Map<string, { readonly cancel: () => void }>();
  readonly #socket: WebSocket;
  readonly #handlers: ConnectionHandlers;
  readonly #limits: ConnectionLimits;
  readonly #transactions = new Map<string, ClientTransaction>();
  readonly #timers: NodeJS.Timeout[] = [];
  #tokens: number;
  #refilledAt = performance.now();
  #authFailures = 0;
  #malformed = 0;
  #alive = true;

  constructor(socket: WebSocket, limits: ConnectionLimits, handlers: ConnectionHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#limits = limits;
    this.#tokens = limits.messagesPerSecond * 2;
    this.nonces = new Nonces(limits.nonceLifetimeMs);
    socket.on('message', (data) => this.#receive(data.toString()));
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.on('error', (error) => handlers.log('debug', `SIP socket: ${error.message}`));
    socket.on('close', () => this.#closed());
    this.#timers.push(
      setTimeout(() => {
        if (this.account === undefined) this.close('not authenticated in time');
      }, limits.unauthenticatedMs),
      // A half-open socket looks fine for minutes; without an answer to a ping its registration is a lie.
      setInterval(() => {
        if (!this.#alive) return socket.terminate();
        this.#alive = false;
        socket.ping();
      }, limits.pingIntervalMs),
    );
    for (const timer of this.#timers) timer.unref();
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(text: string): boolean {
    if (!this.open) return false;
    this.#socket.send(text);
    return true;
  }

  respond(request: SipHeaders, status: number, options: Parameters<typeof composeResponse>[2] = {}): void {
    this.send(composeResponse(request, status, { toTag: randomToken(), ...options }));
  }

  /**
   * Sends a request in a client transaction of its own. `onResponse` gets every response.
   * @returns the branch, which a CANCEL or a failing ACK needs; undefined when the socket is closed.
   */
  request(
    method: string,
    uri: string,
    headers: readonly HeaderLine[],
    options: {
      readonly body?: string;
      readonly via: string;
      readonly timeoutMs?: number;
      readonly onResponse: (outcome: RequestOutcome) => void;
    },
  ): string | undefined {
    const branch = newBranch();
    const via: HeaderLine = ['Via', `SIP/2.0/WS ${options.via};branch=${branch}`];
    const text = composeMessage(`${method} ${uri} SIP/2.0`, [via, ['Max-Forwards', '70'], ...headers], options.body);
    if (!this.send(text)) return undefined;
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => this.#finish(branch, 'timeout'), options.timeoutMs);
    timer?.unref();
    this.#transactions.set(branch, { method, timer, onResponse: options.onResponse });
    return branch;
  }

  /** Stops waiting for responses to a request of ours. */
  forget(branch: string): void {
    clearTimeout(this.#transactions.get(branch)?.timer);
    this.#transactions.delete(branch);
  }

  /** A wrong password; too many of them end the connection. */
  authenticationFailed(): void {
    if (++this.#authFailures >= MAX_AUTH_FAILURES) setImmediate(() => this.close('too many failed authentications'));
  }

  close(reason: string, code: 1001 | 1008 = 1008): void {
    this.#socket.close(code, reason);
    // A peer that does not answer the close frame must not keep the socket.
    setTimeout(() => this.#socket.terminate(), 2000).unref();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #receive(text: string): void {
    if (!this.#spend()) return this.close('too many messages');
    // Keep-alive of RFC 7118 / RFC 5626: a double CRLF is answered by a single one.
    if (text === '\r\n\r\n') return void this.send('\r\n');
    if (text.trim() === '') return;
    try {
      const message = parseSipMessage(text);
      if (message.kind === 'request') this.#handlers.request(message, this);
      else this.#response(message);
    } catch (error) {
      if (!(error instanceof SipSyntaxError)) {
        this.#handlers.log('warn', `A SIP message could not be handled: ${String(error)}`);
        return;
      }
      this.#handlers.log('debug', `Malformed SIP: ${error.message}`);
      if (++this.#malformed > MAX_MALFORMED) return this.close('too many malformed messages');
      if (error.reply !== undefined) this.respond(error.reply.headers, error.reply.status);
    }
  }

  #response(response: SipResponse): void {
    const branch = topBranch(response.headers.get('via') as string);
    const transaction = branch === undefined ? undefined : this.#transactions.get(branch);
    // Branches are random: a response that fits none is late or forged.
    if (branch === undefined || transaction === undefined) return;
    if (!(response.headers.get('cseq') as string).endsWith(` ${transaction.method}`)) return;
    if (response.status >= 200) this.forget(branch);
    else {
      clearTimeout(transaction.timer);
      transaction.timer = undefined;
    }
    transaction.onResponse(response);
  }

  #finish(branch: string, outcome: 'timeout' | 'closed'): void {
    const transaction = this.#transactions.get(branch);
    this.forget(branch);
    transaction?.onResponse(outcome);
  }

  #closed(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const branch of [...this.#transactions.keys()]) this.#finish(branch, 'closed');
    for (const invite of [...this.pendingInvites.values()]) invite.cancel();
    this.pendingInvites.clear();
    this.#handlers.closed(this);
  }

  #spend(): boolean {
    const now = performance.now();
    const rate = this.#limits.messagesPerSecond;
    this.#tokens = Math.min(rate * 2, this.#tokens + ((now - this.#refilledAt) / 1000) * rate) - 1;
    this.#refilledAt = now;
    return this.#tokens >= 0;
  }
}
