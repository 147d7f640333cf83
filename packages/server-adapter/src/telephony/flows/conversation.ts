import { addLegs, closeSteps, legAnswered, legsEnded, moveCall, touchCall } from '../../calls/index.ts';
import { newId } from '../../id.ts';
import { Problem } from '../../problem.ts';
import { voidVerification } from '../../verification/index.ts';
import { ExchangeError, type HangupCause } from '../exchange.ts';
import { type AgentLeg, type CallSession, isGone } from './call-session.ts';
import { HOLD_MUSIC } from './leg-sound.ts';
import { writeTag } from './leg-tag.ts';

const WRITE_AGAIN_SECONDS = 2;

/** The customer and the agent on one bridge: joining them, hold, and an agent whose page or line is lost and comes back. */
export class Conversation {
  readonly #session: CallSession;
  readonly #over: () => Promise<void>;
  #held = false;
  #heldByExchange = false;
  #cancelLongHold = () => {};
  /** The customer waits off the bridge, while the agent talks with somebody else. */
  #aside = false;
  /** The agent's line is lost; the customer waits for them. */
  #lost = false;
  #cancelGrace = () => {};
  /** The leg that rings to bring the agent back. */
  #returning: string | undefined;

  /** @param over the agent did not come back in time */
  constructor(session: CallSession, over: () => Promise<void>) {
    this.#session = session;
    this.#over = over;
  }

  get held(): boolean {
    return this.#held;
  }

  get aside(): boolean {
    return this.#aside;
  }

  get lost(): boolean {
    return this.#lost;
  }

  /**
   * Joins the two. Media first, the write after it; recording begins before the legs are joined, so that the first word
   * is on it.
   */
  async connect(): Promise<void> {
    const session = this.#session;
    const { agent, customerLeg, bridge, recording } = session;
    const { exchange } = session.services;
    if (agent?.leg === undefined || session.connected) return;
    const { leg } = agent;
    await session.sound.stop();
    try {
      await exchange.createBridge(bridge);
      // Handed on: the customer has been recorded all the time.
      if (!session.talked) await recording.add(customerLeg, 'customer');
      await recording.add(leg, 'agent');
      await exchange.join(bridge, customerLeg);
      await exchange.join(bridge, leg);
    } catch (error) {
      await recording.discard(session.services.debts);
      if (isGone(error)) return;
      throw error;
    }
    session.talked = session.connected = true;
    await this.#writeConnected({ ...agent, leg });
  }

  /** They are talking already: a store that cannot be written now is tried again, and does not part them. */
  async #writeConnected(agent: AgentLeg): Promise<void> {
    const session = this.#session;
    try {
      await session.services.store.write(async (tx) => {
        await legAnswered(tx, agent.leg);
        await closeSteps(tx, session.id, [agent.responder.id], 'answered');
        const columns = await session.recording.note(tx);
        const event = { type: 'answered', agentId: agent.responder.id, order: agent.order } as const;
        await moveCall(tx, session.id, event, columns);
      });
    } catch (error) {
      session.services.logger.error(`The answer of call ${session.id} could not be written; trying again.`, error);
      session.later(WRITE_AGAIN_SECONDS, () => this.#writeConnected(agent));
    }
  }

  /** Takes up a conversation that went on while the adapter was away. Joining again is harmless where the legs are joined. */
  async takeUp(options: { readonly heldSince: string | null; readonly aside?: boolean }): Promise<void> {
    const session = this.#session;
    const { exchange } = session.services;
    session.talked = session.connected = true;
    await exchange.createBridge(session.bridge);
    this.#aside = options.aside ?? false;
    if (this.#aside) await session.sound.loop(HOLD_MUSIC);
    else await exchange.join(session.bridge, session.customerLeg);
    if (session.agent?.leg !== undefined) await exchange.join(session.bridge, session.agent.leg);
    else await this.agentLost(undefined, 'failed');
    if (options.heldSince !== null)
      this.#setHeld(true, Math.max(0, Date.parse(options.heldSince) - session.services.clock.now().getTime()));
  }

  /** The agent's phone held the call, or took it back. */
  async phoneHeld(held: boolean): Promise<void> {
    if (this.#held === held || this.#aside || !this.#session.connected) return;
    await this.#writeHeld(held);
    if (this.#session.ended) return;
    if (held) await this.#session.sound.loop(HOLD_MUSIC);
    else if (!this.#lost) await this.#session.sound.stop();
  }

  /** Hold for a responder who has no button for it: the exchange holds the customer's leg. */
  async hold(held: boolean): Promise<void> {
    const session = this.#session;
    if (!session.connected) throw new Problem('call-not-live', 'Nobody is talking yet.');
    if (this.#aside) throw new Problem('call-not-live', 'The customer waits while you talk to somebody else.');
    if (this.#held === held) return;
    try {
      await session.services.exchange.hold(session.customerLeg, held);
    } catch (error) {
      throw isGone(error) ? new Problem('call-not-live', 'The customer has just hung up.') : unavailable(error);
    }
    this.#heldByExchange = held;
    await this.#writeHeld(held);
  }

  /** The customer hears music, and the bridge is the agent's for a while; whoever asked writes it. */
  async putAside(): Promise<void> {
    const session = this.#session;
    const { exchange } = session.services;
    await this.release();
    try {
      await exchange.leave(session.bridge, session.customerLeg);
    } catch (error) {
      throw isGone(error) ? new Problem('call-not-live', 'The customer has just hung up.') : unavailable(error);
    }
    this.#aside = true;
    this.#setHeld(true, 0);
    await session.sound.loop(HOLD_MUSIC);
  }

  /** @returns false: the customer could not be joined again */
  async takeBack(): Promise<boolean> {
    const session = this.#session;
    this.#aside = false;
    this.#setHeld(false, 0);
    await session.sound.stop();
    const joined = await this.#joinCustomer();
    if (this.#lost) await session.sound.loop(HOLD_MUSIC);
    return joined;
  }

  async #joinCustomer(): Promise<boolean> {
    const session = this.#session;
    for (let tries = 0; tries < 2; tries += 1) {
      try {
        await session.services.exchange.join(session.bridge, session.customerLeg);
        return true;
      } catch (error) {
        // Their end is on the way, and tells what to do.
        if (isGone(error)) return true;
        session.services.logger.warn(`The customer of call ${session.id} could not be joined again.`, error);
      }
    }
    return false;
  }

  /** Nobody holds the customer any more. */
  async release(): Promise<void> {
    const session = this.#session;
    if (this.#heldByExchange) await session.services.exchange.hold(session.customerLeg, false).catch(() => {});
    this.#heldByExchange = false;
    if (this.#held) await session.sound.stop();
    this.#setHeld(false, 0);
  }

  async #writeHeld(held: boolean): Promise<void> {
    this.#setHeld(held, 0);
    await this.#session.services.store.write(
      async (tx) => void (await moveCall(tx, this.#session.id, { type: 'held', held })),
    );
  }

  #setHeld(held: boolean, elapsedMs: number): void {
    const session = this.#session;
    this.#held = held;
    this.#cancelLongHold();
    if (!held) return;
    const left = session.services.longHoldSeconds + elapsedMs / 1000;
    this.#cancelLongHold = session.later(Math.max(0, left), async () => {
      await session.services.store.write(async (tx) => {
        if (await voidVerification(tx, session.id, 'long-hold')) await touchCall(tx, session.id);
      });
    });
  }

  /** The agent's leg ended without a hang-up: the customer is kept for a while. */
  async agentLost(leg: string | undefined, cause: HangupCause): Promise<void> {
    const session = this.#session;
    if (session.agent !== undefined) session.agent = { ...session.agent, leg: undefined };
    this.#lost = true;
    await session.services.store.write(async (tx) => {
      if (leg !== undefined) await legsEnded(tx, [leg], cause);
      await touchCall(tx, session.id);
    });
    this.#startGrace();
    if (!session.thirdTalks) await session.sound.loop(HOLD_MUSIC);
  }

  #startGrace(): void {
    this.#cancelGrace();
    this.#cancelGrace = this.#session.later(this.#session.services.policy.resumeGraceSeconds, async () => {
      if (!this.#lost) return;
      if (this.#returning !== undefined) await this.#session.hangup(this.#returning, 'cancelled');
      await this.#over();
    });
  }

  /** Rings the agent's device back into the call, after a reload of their page. */
  async resume(): Promise<void> {
    const session = this.#session;
    const { agent } = session;
    const { exchange, policy, store } = session.services;
    if (!session.connected || agent === undefined) throw new Problem('call-not-live', 'Nobody is talking yet.');
    if (this.#returning !== undefined) return;
    if (!this.#lost) {
      // Whoever asks for their phone to ring has lost the old line, even where the exchange has not noticed yet.
      const old = agent.leg;
      if (old !== undefined) await session.hangup(old, 'cancelled');
      await this.agentLost(old, 'cancelled');
    } else {
      this.#startGrace();
    }
    const leg = newId('leg');
    this.#returning = leg;
    session.own(leg);
    await store.write((tx) =>
      addLegs(tx, [
        {
          id: leg,
          callId: session.id,
          role: 'agent',
          accountId: agent.responder.id,
          device: agent.responder.device,
          state: 'ringing',
        },
      ]),
    );
    try {
      await exchange.ring({
        leg,
        device: agent.responder.device,
        callerId: { number: session.customerNumber === '' ? session.ourNumber : session.customerNumber },
        timeoutSeconds: policy.resumeGraceSeconds,
        ...(agent.responder.device.kind === 'browser' && {
          headers: { 'X-Callweave-Call': session.id, 'X-Callweave-Resume': '1' },
        }),
        tag: writeTag({ callId: session.id, role: 'agent', accountId: agent.responder.id }),
      });
    } catch (error) {
      await session.hangup(leg, 'failed');
      await this.returnFailed(leg, 'unreachable');
      throw unavailable(error);
    }
  }

  isReturning(leg: string): boolean {
    return this.#returning === leg;
  }

  /** The agent is back: the new leg takes the place of the lost one. */
  async returned(leg: string): Promise<void> {
    const session = this.#session;
    const { agent } = session;
    if (agent === undefined) return;
    this.#returning = undefined;
    try {
      await session.recording.add(leg, 'agent');
      await session.services.exchange.join(session.bridge, leg);
    } catch (error) {
      // They may ask for their phone to ring again; a leg that nobody knows of would stay for ever.
      if (!isGone(error)) {
        session.services.logger.warn(`The agent of call ${session.id} could not be brought back.`, error);
        await session.hangup(leg, 'failed');
      }
      return this.returnFailed(leg, 'failed');
    }
    session.agent = { ...agent, leg };
    this.#lost = false;
    this.#cancelGrace();
    // The new phone holds nothing; who waits while the agent consults goes on waiting.
    if (!this.#aside) {
      await session.sound.stop();
      await this.release();
    }
    await session.services.store.write(async (tx) => {
      await legAnswered(tx, leg);
      await session.recording.note(tx);
      if (!this.#aside) await moveCall(tx, session.id, { type: 'held', held: false });
      await touchCall(tx, session.id);
    });
  }

  /** It rang in vain; the grace goes on, and it may be tried again. */
  async returnFailed(leg: string, cause: HangupCause): Promise<void> {
    if (this.#returning === leg) this.#returning = undefined;
    await this.#session.services.store.write((tx) => legsEnded(tx, [leg], cause));
  }

  /** Somebody else is the agent from now on: what was held, or lost, with the one before is over. */
  async agentReplaced(): Promise<void> {
    const session = this.#session;
    this.#lost = false;
    this.#cancelGrace();
    const returning = this.#returning;
    this.#returning = undefined;
    if (returning !== undefined) await session.hangup(returning, 'cancelled');
    await session.sound.stop();
    if (this.#heldByExchange) await session.services.exchange.hold(session.customerLeg, false).catch(() => {});
    this.#heldByExchange = false;
    this.#setHeld(false, 0);
  }

  /** Legs that only this part knows. */
  get ownLegs(): readonly string[] {
    return this.#returning === undefined ? [] : [this.#returning];
  }
}

export function unavailable(error: unknown): Problem {
  const unreachable = error instanceof ExchangeError && error.code === 'unreachable';
  return new Problem(
    'exchange-unavailable',
    unreachable ? 'The phone is not registered.' : 'The exchange could not do this now.',
    { cause: error },
  );
}
