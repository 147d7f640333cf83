import { normalizeNumber } from '@callweave/sdk/protocol';
import { newId } from '../../id.ts';
import type { LegSnapshot } from '../exchange.ts';
import type { FlowServices } from './call-session.ts';
import type { DeskCall } from './desk-call.ts';
import { InboundCall } from './inbound-call.ts';
import { recoverCalls } from './recovery.ts';
import type { CallFlow, IncomingLeg, LegOwner } from './switchboard.ts';

/** The desk's own calls (A13): takes those to the public numbers, and finds its calls again after a restart. */
export class DeskFlow implements CallFlow {
  readonly name = 'desk';
  readonly #services: FlowServices;
  readonly #calls = new Map<string, DeskCall>();

  constructor(services: FlowServices) {
    this.#services = services;
  }

  has(callId: string): boolean {
    return this.#calls.has(callId);
  }

  find(callId: string): DeskCall | undefined {
    const call = this.#calls.get(callId);
    return call?.session.ended === false ? call : undefined;
  }

  take({ leg, callerNumber, calledNumber, at }: IncomingLeg): LegOwner | undefined {
    const { policy } = this.#services;
    const ours = policy.publicNumbers.map((number) => normalizeNumber(number, policy.numbering) ?? number);
    const forQueue = this.#services.queues?.byNumber(calledNumber) !== undefined;
    if (ours.length > 0 && !ours.includes(calledNumber) && !forQueue) return undefined;
    const start = { id: newId('call', at), customerLeg: leg, callerNumber, calledNumber, customerNumber: callerNumber };
    const call = new InboundCall(this.#services, start, (ended) => this.#ended(ended));
    this.#calls.set(call.id, call);
    call.begin(at);
    return call;
  }

  async recover(legs: readonly LegSnapshot[]): Promise<boolean> {
    const { calls, complete } = await recoverCalls(this.#services, legs, (ended) => this.#ended(ended));
    for (const call of calls) this.#calls.set(call.id, call);
    return complete;
  }

  /** The agent whose line was lost has their phone again. */
  phoneIsBack(account: string): void {
    this.#services.queues?.phoneIsBack(account);
    for (const call of this.#calls.values()) {
      const device = call.session.agent?.responder.device;
      if (!call.conversation.lost || device?.kind !== 'browser' || device.account !== account) continue;
      call.session.post(() => call.conversation.resume());
    }
  }

  get activity(): number {
    return [...this.#calls.values()].filter(({ session }) => !session.mailbox.idle && !session.waiting).length;
  }

  async stop(): Promise<void> {
    const calls = [...this.#calls.values()];
    // The ends of the legs that the exchange has just ended are events that wait in the mailboxes.
    await Promise.all(calls.map(({ session }) => session.mailbox.drained()));
    for (const { session } of calls) session.abandon();
    await Promise.all(calls.map(({ session }) => session.mailbox.drained()));
  }

  #ended(call: DeskCall): void {
    this.#calls.delete(call.id);
    call.session.disown();
  }
}
