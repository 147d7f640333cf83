import type { HangupCause } from '../../exchange.ts';
import { parseNameAddress } from './address.ts';
import { composeMessage, type HeaderLine, newBranch, randomToken } from './compose.ts';
import type { SipConnection } from './connection.ts';
import { reasonHeader } from './hangup-cause.ts';
import type { SipHeaders, SipRequest } from './message.ts';
import { answerSessionTimer, tooSmall } from './session-timer.ts';

export const ALLOW: HeaderLine = ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE'];
export const SUPPORTED: HeaderLine = ['Supported', 'timer'];

/** What a call tells its leg. */
export interface CallHandlers {
  /** The phone at the far end rings. */
  readonly ringing: () => void;
  /** Our offer was answered. */
  readonly answered: (sdp: string) => void;
  /** Exactly once. */
  readonly ended: (cause: HangupCause) => void;
  /** A later offer of the phone (hold, network change): its answer, or undefined to refuse it and keep what is. */
  readonly offered: (sdp: string) => Promise<string | undefined>;
  /** A digit keyed by INFO, which some phones use in place of RFC 4733. */
  readonly digit: (digit: string) => void;
}

export interface CallContext {
  readonly domain: string;
  /** The connection that an account has now: a phone may come back on another socket during a call. */
  readonly connectionOf: (account: string) => SipConnection | undefined;
  /** Makes in-dialog requests find their call. */
  readonly enter: (call: SipCall) => void;
  readonly leave: (call: SipCall) => void;
}

/** Tag and Contact of the far end, without which there is no dialog with it. */
export function remoteParty(
  addressHeader: 'from' | 'to',
  headers: SipHeaders,
): { readonly tag: string; readonly target: string } | undefined {
  const tag = parseNameAddress(headers.get(addressHeader) as string)?.parameters.get('tag');
  const target = parseNameAddress(headers.list('contact')[0] ?? '')?.uri;
  if (tag === undefined || tag === '' || target === undefined || !/^sips?:\S+$/i.test(target)) return undefined;
  return { tag, target };
}

/** One dialog with a phone, after RFC 3261: what both directions have in common. */
export abstract class SipCall {
  readonly account: string;
  readonly callId: string;
  readonly localTag = randomToken();
  protected remoteTag = '';
  /** Our and their address, with display names, without tags. */
  protected abstract readonly localAddress: string;
  protected abstract readonly remoteAddress: string;
  protected remoteTarget = '';
  protected localSequence = 1;
  protected remoteSequence = 0;
  protected state: 'early' | 'confirmed' | 'ended' = 'early';
  protected connection: SipConnection;
  protected readonly context: CallContext;
  protected readonly handlers: CallHandlers;
  #negotiating = false;

  constructor(
    context: CallContext,
    connection: SipConnection,
    account: string,
    callId: string,
    handlers: CallHandlers,
  ) {
    this.context = context;
    this.connection = connection;
    this.account = account;
    this.callId = callId;
    this.handlers = handlers;
  }

  /** Ends the call from our side, in whatever way its state asks for. Idempotent. */
  abstract hangup(cause: HangupCause): void;

  /** A request inside of this dialog, from a connection that was found to belong to the account. */
  handleRequest(request: SipRequest, connection: SipConnection): void {
    this.connection = connection;
    const { headers, method } = request;
    if (method === 'ACK') return this.acknowledged();
    const reply = (status: number, extra: readonly HeaderLine[] = [], body?: string) =>
      connection.respond(headers, status, { headers: extra, ...(body === undefined ? {} : { body }) });
    const sequence = Number.parseInt(headers.get('cseq') as string, 10);
    if (sequence <= this.remoteSequence) return reply(500);
    this.remoteSequence = sequence;
    switch (method) {
      case 'BYE':
        reply(200);
        return this.peerHungUp();
      case 'INVITE':
      case 'UPDATE':
        return void this.#renegotiate(request, reply);
      case 'INFO':
        reply(200);
        return this.#info(request);
      case 'OPTIONS':
        return reply(200, [ALLOW, SUPPORTED]);
      default:
        // Among them REFER: where a call goes is decided by the desk, never by a phone.
        return reply(405, [ALLOW]);
    }
  }

  protected acknowledged(): void {}

  protected peerHungUp(): void {
    this.end('normal');
  }

  protected end(cause: HangupCause): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.context.leave(this);
    this.handlers.ended(cause);
  }

  protected bye(cause: HangupCause): void {
    const connection = this.#liveConnection();
    connection?.request('BYE', this.remoteTarget, [...this.dialogHeaders('BYE'), ...reasonHeader(cause)], {
      via: this.context.domain,
      timeoutMs: 8000,
      onResponse: () => undefined,
    });
  }

  protected sendAck(): void {
    // The ACK of a 2xx is a transaction of its own, with the number of the INVITE.
    const headers = this.dialogHeaders('ACK', this.localSequence);
    this.connection.send(
      composeMessage(`ACK ${this.remoteTarget} SIP/2.0`, [
        ['Via', `SIP/2.0/WS ${this.context.domain};branch=${newBranch()}`],
        ['Max-Forwards', '70'],
        ...headers,
      ]),
    );
  }

  protected dialogHeaders(method: string, sequence = ++this.localSequence): HeaderLine[] {
    return [
      ['From', `${this.localAddress};tag=${this.localTag}`],
      ['To', `${this.remoteAddress}${this.remoteTag === '' ? '' : `;tag=${this.remoteTag}`}`],
      ['Call-ID', this.callId],
      ['CSeq', `${sequence} ${method}`],
    ];
  }

  protected get contact(): HeaderLine {
    return ['Contact', `<sip:exchange@${this.context.domain};transport=ws>`];
  }

  /** Takes tag and target of the far end from a message of its. */
  protected learnRemote(addressHeader: 'from' | 'to', headers: SipHeaders): boolean {
    const party = remoteParty(addressHeader, headers);
    if (party === undefined) return false;
    this.remoteTag = party.tag;
    this.remoteTarget = party.target;
    return true;
  }

  #liveConnection(): SipConnection | undefined {
    if (!this.connection.open) this.connection = this.context.connectionOf(this.account) ?? this.connection;
    return this.connection.open ? this.connection : undefined;
  }

  async #renegotiate(
    request: SipRequest,
    reply: (status: number, extra?: readonly HeaderLine[], body?: string) => void,
  ): Promise<void> {
    const { headers, method, body } = request;
    if (this.state !== 'confirmed') return reply(this.state === 'early' ? 491 : 481);
    const timer = answerSessionTimer(headers);
    if (timer === 'too-small') return reply(422, [tooSmall]);
    if (method === 'UPDATE' && body === '') return reply(200, [this.contact, ALLOW, ...timer]);
    if (body === '') return reply(488);
    if (this.#negotiating) return reply(491);
    this.#negotiating = true;
    const target = parseNameAddress(headers.list('contact')[0] ?? '')?.uri;
    if (target !== undefined && /^sips?:\S+$/i.test(target)) this.remoteTarget = target;
    try {
      const answer = await this.handlers.offered(body);
      if (answer === undefined) reply(488);
      else reply(200, [this.contact, ALLOW, SUPPORTED, ...timer], answer);
    } catch {
      reply(500);
    } finally {
      this.#negotiating = false;
    }
  }

  #info(request: SipRequest): void {
    const type = (request.headers.get('content-type') ?? '').toLowerCase();
    const digit = type.startsWith('application/dtmf-relay')
      ? /^Signal\s*=\s*([0-9*#A-D])/im.exec(request.body)?.[1]
      : /^\s*([0-9*#A-D])\s*$/i.exec(request.body)?.[1];
    if (digit !== undefined && type.startsWith('application/dtmf') && this.state === 'confirmed')
      this.handlers.digit(digit.toUpperCase());
  }
}
