import type { RoutingReason } from '@callweave/sdk/protocol';
import {
  addLegs,
  addSteps,
  closeSteps,
  forgetSteps,
  legAnswered,
  legsEnded,
  moveCall,
  type RoutingEntry,
  touchCall,
} from '../../calls/index.ts';
import { newId } from '../../id.ts';
import type { Tx } from '../../store/store.ts';
import { ExchangeError, type HangupCause } from '../exchange.ts';
import type { AgentLeg, CallSession } from './call-session.ts';
import { RINGBACK } from './leg-sound.ts';
import { writeTag } from './leg-tag.ts';
import { type Responder, refusalOf } from './responders.ts';
import { reasonOf, type Stage } from './routing-plan.ts';

/** The exchange gives up ringing by itself; should it forget, we do so this much later. */
export const GUARD_SECONDS = 4;

/** How a queue rings at its members. */
export interface QueueTurn {
  readonly ringSeconds: number;
  /** Who does not take it is left alone for so long. */
  readonly restSeconds: number;
}

/** Brings a call to a person: rings at one stage after the other until somebody answers. Writes down why it went on. */
export class Routing {
  readonly #session: CallSession;
  readonly #stages: Stage[] = [];
  readonly #tried = new Set<string>();
  readonly #nobody: () => Promise<void>;

  /** @param nobody every stage was tried and nobody answered */
  constructor(session: CallSession, nobody: () => Promise<void>) {
    this.#session = session;
    this.#nobody = nobody;
  }

  plan(stages: readonly Stage[], tried: readonly string[] = []): void {
    this.#stages.push(...stages);
    for (const accountId of tried) this.#tried.add(accountId);
  }

  /** From the beginning, for a call that is handed on: whoever was tried before may be rung again. */
  restart(stages: readonly Stage[]): void {
    this.#stages.splice(0, this.#stages.length, ...stages);
    this.#tried.clear();
  }

  /** Rings at the next stage where somebody can be rung. `opening` goes into the same write, so that a call is there at once. */
  async next(opening: (tx: Tx) => Promise<void> = async () => {}): Promise<void> {
    let first: ((tx: Tx) => Promise<void>) | undefined = opening;
    while (!this.#session.ended) {
      const stage = this.#stages.shift();
      if (stage === undefined) {
        const unwritten = first;
        if (unwritten !== undefined) {
          await this.#session.services.store.write(async (tx) => {
            await unwritten(tx);
            await moveCall(tx, this.#session.id, { type: 'waiting' });
            await touchCall(tx, this.#session.id);
          });
        }
        return this.#nobody();
      }
      if (await this.#ringStage(stage, first)) return;
      first = undefined;
    }
  }

  /** @returns whether somebody's device rings now */
  async #ringStage(stage: Stage, opening: ((tx: Tx) => Promise<void>) | undefined): Promise<boolean> {
    const session = this.#session;
    const { responders, busy, store, policy } = session.services;
    const people = stage.accountId === undefined ? await responders.group() : await responders.byIds([stage.accountId]);
    const entries: RoutingEntry[] = [];
    const ringing: AgentLeg[] = [];
    for (const responder of people) {
      if (this.#tried.has(responder.id)) continue;
      this.#tried.add(responder.id);
      const evenNotReady = stage.order !== 'group' && policy.notReadyResponders === 'ring';
      const refusal = refusalOf(responder, evenNotReady) ?? (busy.claim(responder.id, session.id) ? undefined : 'busy');
      entries.push({ order: stage.order, accountId: responder.id, name: responder.name, result: refusal ?? 'ringing' });
      if (refusal === undefined) ringing.push({ leg: newId('leg'), responder, order: stage.order });
    }
    if (stage.accountId !== undefined && people.length === 0) {
      entries.push({ order: stage.order, accountId: stage.accountId, name: '', result: 'inactive' });
    }
    if (entries.length === 0 && opening === undefined) return false;
    try {
      await store.write(async (tx) => {
        await opening?.(tx);
        await addSteps(tx, session.id, entries);
        await this.#writeRinging(tx, ringing, stage.order);
      });
    } catch (error) {
      for (const { responder } of ringing) busy.release(responder.id, session.id);
      throw error;
    }
    for (const attempt of ringing) await this.#ring(attempt, policy.ringSeconds);
    return session.attempts.size > 0 || session.agent !== undefined;
  }

  async #writeRinging(tx: Tx, ringing: readonly AgentLeg[], order: Stage['order']): Promise<void> {
    const session = this.#session;
    await addLegs(
      tx,
      ringing.map(({ leg, responder }) => ({
        id: leg,
        callId: session.id,
        role: 'agent',
        accountId: responder.id,
        device: responder.device,
        state: 'ringing',
      })),
    );
    if (ringing.length === 0) return touchCall(tx, session.id);
    const all = [...session.attempts.values(), ...ringing];
    const agentId = all.length === 1 ? (all[0]?.responder.id ?? null) : null;
    await moveCall(tx, session.id, { type: 'ringing', agentId, order });
  }

  /**
   * Rings at members of a queue, who are claimed for this call. Somebody who waits long is offered to the same members
   * again and again: of each the latest turn is kept.
   */
  async offer(members: readonly Responder[], { ringSeconds, restSeconds }: QueueTurn): Promise<void> {
    const session = this.#session;
    const { busy, store } = session.services;
    const ringing = members.map((responder): AgentLeg => ({ leg: newId('leg'), responder, order: 'group' }));
    try {
      await store.write(async (tx) => {
        await forgetSteps(
          tx,
          session.id,
          members.map(({ id }) => id),
        );
        await addSteps(
          tx,
          session.id,
          members.map(({ id, name }) => ({ order: 'group', accountId: id, name, result: 'ringing' })),
        );
        await this.#writeRinging(tx, ringing, 'group');
      });
    } catch (error) {
      for (const { id } of members) busy.release(id, session.id);
      throw error;
    }
    for (const attempt of ringing) await this.#ring(attempt, ringSeconds, restSeconds);
    if (session.attempts.size === 0 && session.agent === undefined) await this.#nobody();
  }

  async #ring(attempt: AgentLeg, ringSeconds: number, restSeconds?: number): Promise<void> {
    const session = this.#session;
    const { exchange } = session.services;
    const { leg, responder } = attempt;
    const cancelGuard = session.later(ringSeconds + GUARD_SECONDS, async () => {
      if (!session.attempts.has(leg)) return;
      await session.hangup(leg, 'no-answer');
      await this.over(leg, 'no-answer');
    });
    session.own(leg);
    session.attempts.set(leg, { ...attempt, cancelGuard, ...(restSeconds !== undefined && { restSeconds }) });
    try {
      await exchange.ring({
        leg,
        device: responder.device,
        callerId: { number: callerIdFor(session, responder) },
        timeoutSeconds: ringSeconds,
        ...(responder.device.kind === 'browser' && { headers: { 'X-Callweave-Call': session.id } }),
        tag: writeTag({ callId: session.id, role: 'agent', accountId: responder.id }),
      });
    } catch (error) {
      const unreachable = error instanceof ExchangeError && error.code === 'unreachable';
      // A command that failed for another reason may have rung all the same.
      if (!unreachable) await session.hangup(leg, 'failed');
      await this.#turnOver(leg, unreachable ? 'unreachable' : 'failed', unreachable ? 'unreachable' : 'failed');
    }
  }

  /** A responder's turn is over without an answer: the next one, unless others still ring. */
  async over(leg: string, cause: HangupCause, reason: RoutingReason = reasonOf(cause)): Promise<void> {
    await this.#turnOver(leg, cause, reason);
    if (this.#session.attempts.size === 0 && this.#session.agent === undefined) await this.next();
  }

  async #turnOver(leg: string, cause: HangupCause, reason: RoutingReason): Promise<void> {
    const session = this.#session;
    const attempt = session.attempts.get(leg);
    if (attempt === undefined) return;
    session.attempts.delete(leg);
    attempt.cancelGuard();
    const { busy, queues } = session.services;
    if (attempt.restSeconds !== undefined) queues?.missed(attempt.responder, attempt.restSeconds);
    busy.release(attempt.responder.id, session.id);
    await session.services.store.write(async (tx) => {
      await legsEnded(tx, [leg], cause);
      await closeSteps(tx, session.id, [attempt.responder.id], reason);
      if (session.attempts.size === 0) await moveCall(tx, session.id, { type: 'waiting' });
      else await touchCall(tx, session.id);
    });
  }

  /** The first who answers has the call; everybody else stops ringing. @returns the winner; undefined: it came too late */
  async answered(leg: string): Promise<AgentLeg | undefined> {
    const session = this.#session;
    const winner = session.attempts.get(leg);
    if (winner === undefined || session.agent !== undefined) return undefined;
    session.attempts.delete(leg);
    winner.cancelGuard();
    const others = [...session.attempts.values()];
    session.attempts.clear();
    session.agent = { leg, responder: winner.responder, order: winner.order };
    for (const other of others) {
      other.cancelGuard();
      session.services.busy.release(other.responder.id, session.id);
      await session.hangup(other.leg, 'answered-elsewhere');
    }
    if (others.length > 0) {
      await session.services.store.write(async (tx) => {
        await legsEnded(
          tx,
          others.map((other) => other.leg),
          'answered-elsewhere',
        );
        await closeSteps(
          tx,
          session.id,
          others.map(({ responder }) => responder.id),
          'answered-elsewhere',
        );
        await legAnswered(tx, leg);
        await moveCall(tx, session.id, { type: 'ringing', agentId: winner.responder.id, order: winner.order });
      });
    }
    return winner;
  }

  /** Nobody is wanted any more: whoever is rung is left alone. */
  async giveUp(): Promise<void> {
    const session = this.#session;
    const { busy, store } = session.services;
    const ringing = [...session.attempts.values()];
    this.#stages.length = 0;
    session.attempts.clear();
    if (ringing.length === 0) return;
    for (const { leg, cancelGuard } of ringing) {
      cancelGuard();
      await session.hangup(leg, 'cancelled');
    }
    for (const { responder } of ringing) busy.release(responder.id, session.id);
    await store.write(async (tx) => {
      const legs = ringing.map(({ leg }) => leg);
      const people = ringing.map(({ responder }) => responder.id);
      await legsEnded(tx, legs, 'cancelled');
      await closeSteps(tx, session.id, people, 'caller-gave-up');
      await moveCall(tx, session.id, { type: 'waiting' });
    });
  }

  /** Who had answered is gone before the customer could be heard: the call goes on looking for a person. */
  async lostBeforeTalk(cause: HangupCause): Promise<void> {
    const session = this.#session;
    const { agent } = session;
    if (agent?.leg === undefined) return;
    const { leg } = agent;
    session.agent = undefined;
    session.services.busy.release(agent.responder.id, session.id);
    await session.services.store.write(async (tx) => {
      await legsEnded(tx, [leg], cause);
      await closeSteps(tx, session.id, [agent.responder.id], reasonOf(cause));
      await moveCall(tx, session.id, { type: 'waiting' });
    });
    await this.next();
  }

  /** What the customer hears while it rings. */
  async soundOfRinging(): Promise<void> {
    await this.#session.sound.loop(RINGBACK);
  }
}

export function callerIdFor(session: CallSession, responder: Responder): string {
  const { customerNumber, ourNumber, services } = session;
  const shown =
    responder.device.kind === 'browser' || services.policy.callerIdOnTelephones === 'caller'
      ? customerNumber
      : ourNumber;
  // A withheld number cannot be shown: our own says at least that it is a call to the desk.
  return shown === '' ? ourNumber : shown;
}
