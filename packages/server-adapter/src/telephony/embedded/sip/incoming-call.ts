import type { HangupCause } from '../../exchange.ts';
import { topBranch } from './address.ts';
import { ALLOW, type CallContext, type CallHandlers, SipCall, SUPPORTED } from './call.ts';
import type { SipConnection } from './connection.ts';
import { statusOfCause } from './hangup-cause.ts';
import type { SipRequest } from './message.ts';
import { answerSessionTimer } from './session-timer.ts';

/** How long a phone may take to acknowledge our answer (64 × T1 of RFC 3261). */
const ACK_TIMEOUT_MS = 32_000;

/** A call that a phone made to us. */
export class IncomingCall extends SipCall {
  protected readonly localAddress: string;
  protected readonly remoteAddress: string;
  readonly #invite: SipRequest;
  readonly #branch: string;
  #ackTimer: NodeJS.Timeout | undefined;

  /** The INVITE must have passed {@link remoteParty}. */
  static accept(
    context: CallContext,
    connection: SipConnection,
    account: string,
    invite: SipRequest,
    handlers: CallHandlers,
  ): IncomingCall {
    const call = new IncomingCall(context, connection, account, invite, handlers);
    call.learnRemote('from', invite.headers);
    connection.pendingInvites.set(call.#branch, { cancel: () => call.#cancelled() });
    context.enter(call);
    connection.respond(invite.headers, 100);
    return call;
  }

  private constructor(
    context: CallContext,
    connection: SipConnection,
    account: string,
    invite: SipRequest,
    handlers: CallHandlers,
  ) {
    super(context, connection, account, invite.headers.get('call-id') as string, handlers);
    this.#invite = invite;
    this.#branch = topBranch(invite.headers.get('via') as string) ?? '';
    this.localAddress = invite.headers.get('to') as string;
    this.remoteAddress = (invite.headers.get('from') as string).replace(/;\s*tag\s*=[^;]*/i, '');
    this.remoteSequence = Number.parseInt(invite.headers.get('cseq') as string, 10);
    this.localSequence = 0;
  }

  progress(): void {
    if (this.state === 'early') this.#reply(180);
  }

  answer(sdp: string): void {
    if (this.state !== 'early') return;
    const timer = answerSessionTimer(this.#invite.headers);
    this.state = 'confirmed';
    this.connection.pendingInvites.delete(this.#branch);
    this.#reply(200, sdp, timer === 'too-small' ? [] : timer);
    this.#ackTimer = setTimeout(() => this.hangup('failed'), ACK_TIMEOUT_MS);
    this.#ackTimer.unref();
  }

  hangup(cause: HangupCause): void {
    if (this.state === 'ended') return;
    if (this.state === 'confirmed') this.bye(cause);
    else this.#refuse(statusOfCause(cause));
    this.end(cause);
  }

  protected override acknowledged(): void {
    clearTimeout(this.#ackTimer);
  }

  protected override peerHungUp(): void {
    if (this.state === 'early') return this.#cancelled();
    super.peerHungUp();
  }

  protected override end(cause: HangupCause): void {
    clearTimeout(this.#ackTimer);
    super.end(cause);
  }

  /** By CANCEL, or because the phone's socket closed. */
  #cancelled(): void {
    if (this.state !== 'early') return;
    this.#refuse(487);
    this.end('cancelled');
  }

  #refuse(status: number): void {
    this.connection.pendingInvites.delete(this.#branch);
    this.#reply(status);
  }

  #reply(status: number, body?: string, extra: readonly (readonly [string, string])[] = []): void {
    const headers = status < 300 ? [this.contact, ALLOW, SUPPORTED, ...extra] : [];
    this.connection.respond(this.#invite.headers, status, {
      toTag: this.localTag,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  }
}
