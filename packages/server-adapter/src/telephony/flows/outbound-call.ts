import type { CallOutcome } from '@callweave/sdk/protocol';
import { addLegs, legAnswered, moveCall, openCall, touchCall } from '../../calls/index.ts';
import type { DirectoryCustomer } from '../../customers/index.ts';
import type { HangupCause } from '../exchange.ts';
import type { FlowServices } from './call-session.ts';
import { OUTSIDE_RING_SECONDS } from './call-target.ts';
import { unavailable } from './conversation.ts';
import { customersWithNumber } from './customers-of-number.ts';
import { DeskCall, type DeskCallStart } from './desk-call.ts';
import { RINGBACK } from './leg-sound.ts';
import { writeTag } from './leg-tag.ts';
import type { Responder } from './responders.ts';
import { callerIdFor, GUARD_SECONDS } from './routing.ts';

/** A call that an agent makes: their own phone first, so that nobody outside is rung who then hears silence. */
export class OutboundCall extends DeskCall {
  readonly #agent: Responder;
  /** By the agent: their page answers by itself. Otherwise it rings as any call. */
  readonly #asked: boolean;
  #dialled = false;
  #cancelGuard = () => {};

  constructor(
    services: FlowServices,
    start: DeskCallStart & { readonly agent: Responder; readonly asked?: boolean },
    ended: (call: DeskCall) => void,
  ) {
    super(services, start, ended);
    this.#agent = start.agent;
    this.#asked = start.asked ?? true;
  }

  protected override get customerThere(): boolean {
    return this.#dialled;
  }

  /** Rings the agent's own phone. @param leg chosen by whoever begins, and owned already */
  async begin(leg: string, wanted: DirectoryCustomer | undefined): Promise<void> {
    const { session } = this;
    const { exchange, store, clock, policy } = session.services;
    const agent = this.#agent;
    const matched = await customersWithNumber(session);
    const { id, callerNumber, calledNumber, customerLeg } = session;
    session.agent = { leg, responder: agent, order: null };
    session.own(leg);
    try {
      await store.write(async (tx) => {
        await openCall(
          tx,
          {
            id,
            direction: 'outbound',
            callerNumber,
            calledNumber,
            presentedNumber: callerNumber,
            customers: matched,
            ...(wanted && { wanted }),
            startedAt: clock.now(),
            holdAlertSeconds: policy.holdAlertSeconds,
          },
          customerLeg,
        );
        await addLegs(tx, [
          { id: leg, callId: id, role: 'agent', accountId: agent.id, device: agent.device, state: 'ringing' },
        ]);
        await moveCall(tx, id, { type: 'ringing', agentId: agent.id, order: null });
      });
    } catch (error) {
      this.neverBegan();
      throw error;
    }
    this.#guard(policy.ringSeconds, leg);
    try {
      await exchange.ring({
        leg,
        device: agent.device,
        callerId: { number: callerIdFor(session, agent) },
        timeoutSeconds: policy.ringSeconds,
        ...(agent.device.kind === 'browser' && {
          headers: { 'X-Callweave-Call': id, ...(this.#asked && { 'X-Callweave-Dial': id }) },
        }),
        tag: writeTag({ callId: id, role: 'agent', accountId: agent.id }),
      });
    } catch (error) {
      await this.end('failed', 'unreachable');
      throw unavailable(error);
    }
  }

  protected async answered(leg: string): Promise<void> {
    const { session, conversation } = this;
    if (leg === session.customerLeg) {
      if (session.connected || session.agent?.leg === undefined) return;
      this.#cancelGuard();
      await session.soundOf(session.agent.leg).stop();
      return conversation.connect();
    }
    if (leg !== session.agent?.leg) return this.answeredByNext(leg);
    if (!this.#dialled) await this.#dial(leg);
  }

  /** The agent is there: now the number. */
  async #dial(agentLeg: string): Promise<void> {
    const { session } = this;
    const { exchange, store, outbound } = session.services;
    const { customerLeg, calledNumber, callerNumber } = session;
    const seconds = outbound.ringSeconds ?? OUTSIDE_RING_SECONDS;
    this.#dialled = true;
    await store.write(async (tx) => {
      await legAnswered(tx, agentLeg);
      await touchCall(tx, session.id);
    });
    await session.soundOf(agentLeg).loop(RINGBACK);
    this.#guard(seconds, customerLeg);
    try {
      await exchange.ring({
        leg: customerLeg,
        device: { kind: 'number', number: calledNumber },
        callerId: { number: callerNumber },
        timeoutSeconds: seconds,
        tag: writeTag({ callId: session.id, role: 'customer' }),
      });
    } catch (error) {
      session.services.logger.warn(`The number of call ${session.id} could not be rung.`, error);
      await this.end('unreachable', 'unreachable');
    }
  }

  #guard(seconds: number, leg: string): void {
    this.#cancelGuard();
    this.#cancelGuard = this.session.later(seconds + GUARD_SECONDS, async () => {
      if (this.session.talked) return;
      await this.end(leg === this.session.customerLeg ? 'no-answer' : 'abandoned', 'no-answer');
    });
  }

  protected agentGoneBeforeTalk(cause: HangupCause): Promise<void> {
    return this.end(cause === 'failed' || cause === 'unreachable' ? 'failed' : 'abandoned', cause);
  }

  /** How the number took it. */
  protected outcomeUnheard(cause: HangupCause): CallOutcome {
    switch (cause) {
      case 'busy':
      case 'no-answer':
      case 'rejected':
      case 'unreachable':
      case 'failed':
        return cause;
      case 'cancelled':
        return 'abandoned';
      default:
        return 'rejected';
    }
  }

  protected nobodyAnswers(): Promise<void> {
    return this.end('failed', 'no-answer');
  }

  override async decline(accountId: string): Promise<void> {
    // Handed on by then, it rings at somebody like any other.
    if (this.session.talked) await super.decline(accountId);
    else await this.end('abandoned', 'cancelled');
  }

  /** Takes up a call that still rang when the adapter went away. */
  async takeUpDial(agentLeg: string, customerUp: boolean): Promise<void> {
    const { session } = this;
    session.services.busy.claim(this.#agent.id, session.id);
    session.agent = { leg: agentLeg, responder: this.#agent, order: null };
    this.#dialled = true;
    if (customerUp) return this.answered(session.customerLeg);
    this.#guard(session.services.outbound.ringSeconds ?? OUTSIDE_RING_SECONDS, session.customerLeg);
    await session.soundOf(agentLeg).loop(RINGBACK);
  }

  /** Takes up a conversation. */
  recovered(): void {
    this.#dialled = true;
  }
}
