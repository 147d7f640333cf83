import type { HangupCause } from '../../exchange.ts';
import { encodeUser, quoteDisplayName } from './address.ts';
import { ALLOW, type CallContext, type CallHandlers, SipCall, SUPPORTED } from './call.ts';
import { composeMessage, type HeaderLine, randomToken } from './compose.ts';
import type { RequestOutcome } from './connection.ts';
import { causeOfStatus, reasonHeader } from './hangup-cause.ts';
import type { Registration } from './registrar.ts';

/** A phone on a living socket answers 100 at once; one that does not is gone, and the next responder should ring. */
const FIRST_RESPONSE_MS = 4000;
/** How long the end of a cancelled INVITE is awaited. */
const CANCEL_LINGER_MS = 8000;

export interface OutgoingOptions {
  readonly callerId: { readonly number: string; readonly name?: string };
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly offer: string;
}

/** A call that we make to a registered phone. */
export class OutgoingCall extends SipCall {
  protected readonly localAddress: string;
  protected readonly remoteAddress: string;
  readonly #options: OutgoingOptions;
  #branch: string | undefined;
  #provisional = false;
  #rang = false;
  #cancelled: HangupCause | undefined;
  #ringTimer: NodeJS.Timeout | undefined;

  constructor(context: CallContext, registration: Registration, options: OutgoingOptions, handlers: CallHandlers) {
    super(context, registration.connection, registration.account, randomToken(), handlers);
    this.#options = options;
    const { number, name } = options.callerId;
    const uri = number === '' ? 'sip:anonymous@anonymous.invalid' : `sip:${encodeUser(number)}@${context.domain}`;
    this.localAddress = `${name === undefined ? '' : `${quoteDisplayName(name)} `}<${uri}>`;
    this.remoteAddress = `<sip:${encodeUser(registration.account)}@${context.domain}>`;
    this.remoteTarget = registration.contact;
  }

  start(): void {
    const { callerId, headers, timeoutSeconds, offer } = this.#options;
    this.context.enter(this);
    const identity: HeaderLine[] =
      callerId.number === '' ? [['Privacy', 'id']] : [['P-Asserted-Identity', this.localAddress]];
    this.#branch = this.connection.request(
      'INVITE',
      this.remoteTarget,
      [
        ...this.dialogHeaders('INVITE', this.localSequence),
        this.contact,
        ALLOW,
        SUPPORTED,
        ...identity,
        ...Object.entries(headers),
        ['Content-Type', 'application/sdp'],
      ],
      {
        via: this.context.domain,
        body: offer,
        timeoutMs: FIRST_RESPONSE_MS,
        onResponse: (outcome) => this.#respond(outcome),
      },
    );
    if (this.#branch === undefined) return this.end('unreachable');
    this.#ringTimer = setTimeout(() => this.hangup('no-answer'), timeoutSeconds * 1000);
    this.#ringTimer.unref();
  }

  hangup(cause: HangupCause): void {
    if (this.state === 'ended') return;
    if (this.state === 'confirmed') this.bye(cause);
    else {
      this.#cancelled = cause;
      if (this.#provisional) this.#sendCancel();
    }
    this.end(cause);
  }

  protected override end(cause: HangupCause): void {
    clearTimeout(this.#ringTimer);
    super.end(cause);
  }

  #respond(outcome: RequestOutcome): void {
    if (outcome === 'timeout' || outcome === 'closed') return this.end('unreachable');
    const { status, headers } = outcome;
    if (status < 200) {
      const first = !this.#provisional;
      this.#provisional = true;
      // A CANCEL may not overtake the first response, so one that was wanted earlier goes out now.
      if (this.#cancelled !== undefined && first) return this.#sendCancel();
      if (status >= 180 && !this.#rang && this.state === 'early') {
        this.#rang = true;
        this.handlers.ringing();
      }
      return;
    }
    if (status >= 300) {
      this.#ackFailure(headers.get('to') as string);
      return this.end(causeOfStatus(status));
    }
    const known = this.learnRemote('to', headers);
    if (!known) return this.end('failed');
    this.sendAck();
    if (this.state === 'ended') {
      // The answer crossed our CANCEL: the phone thinks that it talks.
      return this.bye(this.#cancelled ?? 'normal');
    }
    this.state = 'confirmed';
    clearTimeout(this.#ringTimer);
    this.handlers.answered(outcome.body);
  }

  #sendCancel(): void {
    const branch = this.#branch as string;
    const headers: HeaderLine[] = [
      ['Via', `SIP/2.0/WS ${this.context.domain};branch=${branch}`],
      ['Max-Forwards', '70'],
      ...this.dialogHeaders('CANCEL', this.localSequence),
      ...reasonHeader(this.#cancelled ?? 'cancelled'),
    ];
    this.connection.send(composeMessage(`CANCEL ${this.remoteTarget} SIP/2.0`, headers));
    setTimeout(() => this.connection.forget(branch), CANCEL_LINGER_MS).unref();
  }

  /** The ACK of a refusal belongs to the INVITE's transaction: its branch, its target, the tag of the response. */
  #ackFailure(to: string): void {
    const headers = this.dialogHeaders('ACK', this.localSequence).map(
      (line): HeaderLine => (line[0] === 'To' ? ['To', to] : line),
    );
    const via: HeaderLine = ['Via', `SIP/2.0/WS ${this.context.domain};branch=${this.#branch}`];
    this.connection.send(composeMessage(`ACK ${this.remoteTarget} SIP/2.0`, [via, ['Max-Forwards', '70'], ...headers]));
  }
}
