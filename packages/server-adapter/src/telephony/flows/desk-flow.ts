import { normalizeNumber } from '@callweave/sdk/protocol';
import type { DialRequest } from '../../calls/index.ts';
import { newId } from '../../id.ts';
import { Problem } from '../../problem.ts';
import type { LegSnapshot } from '../exchange.ts';
import type { FlowServices } from './call-session.ts';
import { callerIdsOf, dialable } from './call-target.ts';
import type { DeskCall } from './desk-call.ts';
import { InboundCall } from './inbound-call.ts';
import { OutboundCall } from './outbound-call.ts';
import type { CallBackRequest } from './queue/callback-desk.ts';
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

  /** @returns the id of the call, which rings at the agent's own phone by then */
  async dial(accountId: string, { to, callerId, usual, customer }: DialRequest): Promise<string> {
    const services = this.#services;
    const { busy, clock, policy, responders } = services;
    const number = dialable(services, to);
    const ours = callerIdsOf(services).map((own) => normalizeNumber(own, policy.numbering) ?? own);
    const shown = callerId ?? ours.find((own) => own === usual) ?? ours[0];
    if (shown === undefined || !ours.includes(shown))
      throw new Problem('caller-id-not-ours', 'This number may not be shown to whoever is called.');
    const [agent] = await responders.byIds([accountId]);
    if (agent?.active !== true) throw new Problem('not-allowed', 'You may not take part in calls.');
    if (agent.callMode === 'inbound') throw new Problem('not-allowed', 'You take calls, and make none.');
    const id = newId('call', clock.now());
    if (!busy.claim(agent.id, id))
      throw new Problem('in-a-call', 'You have a call, or still write about the last one.');
    const start = { id, customerLeg: newId('leg'), callerNumber: shown, calledNumber: number, customerNumber: number };
    const call = new OutboundCall(services, { ...start, agent }, (ended) => this.#ended(ended));
    this.#calls.set(id, call);
    await call.session.mailbox.ask(() => call.begin(newId('leg'), customer));
    return id;
  }

  /** Rings a member of a queue, and when they answer the customer who kept their place. */
  async callBack({ callId, agent, number, shown, customer }: CallBackRequest): Promise<void> {
    const start = { id: callId, customerLeg: newId('leg'), callerNumber: shown, calledNumber: number };
    const call = new OutboundCall(this.#services, { ...start, customerNumber: number, agent, asked: false }, (ended) =>
      this.#ended(ended),
    );
    this.#calls.set(callId, call);
    await call.session.mailbox.ask(() => call.begin(newId('leg'), customer));
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
