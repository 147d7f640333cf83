import type { CallParty } from '@callweave/sdk/protocol';
import { addLegs, legAnswered, legsEnded } from '../../calls/index.ts';
import { newId } from '../../id.ts';
import { Problem } from '../../problem.ts';
import type { Tx } from '../../store/store.ts';
import type { HangupCause } from '../exchange.ts';
import type { CallSession } from './call-session.ts';
import { type Candidate, OUTSIDE_RING_SECONDS } from './call-target.ts';
import { writeTag } from './leg-tag.ts';
import { callerIdFor, GUARD_SECONDS } from './routing.ts';
import { reasonOf } from './routing-plan.ts';

/** `transfer`: a number outside to which the customer is handed, without the agent. */
export type Purpose = 'consult' | 'conference' | 'transfer';

export interface Third extends Candidate {
  readonly leg: string;
  readonly state: 'ringing' | 'consulting' | 'talking';
  readonly since: string;
}

export interface ThirdOver {
  readonly purpose: Purpose;
  /** They had been in the call. */
  readonly joined: boolean;
  readonly cause: HangupCause;
  /** Writes the end of their leg. */
  readonly write: (tx: Tx) => Promise<void>;
}

/** Whoever is brought into a call besides the customer and the agent: several while a group rings, one who answers. */
export class ThirdParty {
  readonly #session: CallSession;
  readonly #over: (over: ThirdOver) => Promise<void>;
  readonly #ringing = new Map<string, Third & { readonly cancelGuard: () => void }>();
  #joined: Third | undefined;
  #failed: CallParty | undefined;
  #purpose: Purpose | undefined;

  /** @param over the last of them is gone, or nobody answered */
  constructor(session: CallSession, over: (over: ThirdOver) => Promise<void>) {
    this.#session = session;
    this.#over = over;
  }

  get purpose(): Purpose | undefined {
    return this.#purpose;
  }

  get joined(): Third | undefined {
    return this.#joined;
  }

  /** Somebody rings, or is there. */
  get present(): boolean {
    return this.#ringing.size > 0 || this.#joined !== undefined;
  }

  get legs(): string[] {
    return [...this.#ringing.keys(), ...(this.#joined === undefined ? [] : [this.#joined.leg])];
  }

  has(leg: string): boolean {
    return this.#ringing.has(leg) || this.#joined?.leg === leg;
  }

  legOf(accountId: string): { readonly leg: string; readonly ringing: boolean } | undefined {
    const third = [...this.#ringing.values(), ...(this.#joined === undefined ? [] : [this.#joined])].find(
      ({ responder }) => responder?.id === accountId,
    );
    return third === undefined ? undefined : { leg: third.leg, ringing: third.state === 'ringing' };
  }

  /** As the call shows them. Who was rung in vain is shown until the next one is brought in. */
  parties(): CallParty[] {
    const present = [...this.#ringing.values(), ...(this.#joined === undefined ? [] : [this.#joined])].map(partyOf);
    return this.#failed === undefined || present.length > 0 ? present : [this.#failed];
  }

  /**
   * Rings at them, the first who answers is in. What `write` writes goes into the same write.
   * @throws Problem `target-unavailable` when nobody could be rung
   */
  async ring(purpose: Purpose, candidates: readonly Candidate[], write: (tx: Tx) => Promise<void>): Promise<void> {
    const session = this.#session;
    const { busy, store, clock, policy, outbound } = session.services;
    const claimed = candidates.filter(
      ({ responder }) => responder === undefined || busy.claim(responder.id, session.id),
    );
    if (claimed.length === 0) throw new Problem('target-unavailable', 'They have just taken another call.');
    const since = clock.now().toISOString();
    this.#purpose = purpose;
    this.#failed = undefined;
    for (const candidate of claimed) {
      const leg = newId('leg');
      const seconds =
        candidate.responder === undefined ? (outbound.ringSeconds ?? OUTSIDE_RING_SECONDS) : policy.ringSeconds;
      const cancelGuard = session.later(seconds + GUARD_SECONDS, async () => {
        if (!this.#ringing.has(leg)) return;
        await session.hangup(leg, 'no-answer');
        await this.gone(leg, 'no-answer');
      });
      this.#ringing.set(leg, { ...candidate, leg, state: 'ringing', since, cancelGuard });
    }
    const ringing = [...this.#ringing.values()];
    try {
      await store.write(async (tx) => {
        await addLegs(
          tx,
          ringing.map(({ leg, responder, device }) => ({
            id: leg,
            callId: session.id,
            role: 'third',
            accountId: responder?.id ?? null,
            device,
            state: 'ringing',
          })),
        );
        await write(tx);
      });
    } catch (error) {
      this.release();
      throw error;
    }
    for (const third of ringing) await this.#ring(third);
    if (!this.present) throw new Problem('target-unavailable', 'They could not be rung.');
  }

  async #ring({ leg, device, responder }: Third): Promise<void> {
    const session = this.#session;
    const { exchange, policy, outbound } = session.services;
    session.own(leg);
    try {
      await exchange.ring({
        leg,
        device,
        callerId: { number: responder === undefined ? session.ourNumber : callerIdFor(session, responder) },
        timeoutSeconds: responder === undefined ? (outbound.ringSeconds ?? OUTSIDE_RING_SECONDS) : policy.ringSeconds,
        ...(device.kind === 'browser' && { headers: { 'X-Callweave-Call': session.id } }),
        tag: writeTag({ callId: session.id, role: 'third', ...(responder && { accountId: responder.id }) }),
      });
    } catch (error) {
      // A command that failed may have rung all the same.
      await session.hangup(leg, 'failed');
      session.services.logger.warn(`Nobody could be brought into call ${session.id}.`, error);
      await this.gone(leg, 'unreachable');
    }
  }

  /** The first who answers is recorded and joined to whoever talks. @returns them; undefined: they are not wanted any more */
  async answered(leg: string): Promise<{ third: Third; write: (tx: Tx) => Promise<void> } | undefined> {
    const session = this.#session;
    const winner = this.#ringing.get(leg);
    if (winner === undefined) {
      if (this.#joined?.leg !== leg) await session.hangup(leg, 'answered-elsewhere');
      return undefined;
    }
    winner.cancelGuard();
    this.#ringing.delete(leg);
    const others = [...this.#ringing.keys()];
    for (const other of this.#ringing.values()) {
      other.cancelGuard();
      this.#unclaim(other);
      await session.hangup(other.leg, 'answered-elsewhere');
    }
    this.#ringing.clear();
    const since = session.services.clock.now().toISOString();
    this.#joined = { ...winner, state: this.#purpose === 'consult' ? 'consulting' : 'talking', since };
    try {
      await session.recording.add(leg, 'agent');
      await session.services.exchange.join(session.bridge, leg);
    } catch (error) {
      session.services.logger.warn(`Whoever was rung could not be brought into call ${session.id}.`, error);
      await session.hangup(leg, 'failed');
      await this.gone(leg, 'failed', others);
      return undefined;
    }
    const write = async (tx: Tx) => {
      await legAnswered(tx, leg);
      await legsEnded(tx, others, 'answered-elsewhere');
    };
    return { third: this.#joined, write };
  }

  /** A leg has ended, or is given up. */
  async gone(leg: string, cause: HangupCause, others: readonly string[] = []): Promise<void> {
    const ringing = this.#ringing.get(leg);
    const third = ringing ?? (this.#joined?.leg === leg ? this.#joined : undefined);
    if (third === undefined || this.#purpose === undefined) return;
    ringing?.cancelGuard();
    this.#ringing.delete(leg);
    if (ringing === undefined) this.#joined = undefined;
    this.#unclaim(third);
    const purpose = this.#purpose;
    if (!this.present) this.#purpose = undefined;
    if (ringing !== undefined && !this.present)
      this.#failed = { ...partyOf(third), state: 'failed', reason: reasonOf(cause) };
    const write = (tx: Tx) => legsEnded(tx, [leg, ...others], cause);
    await this.#over({ purpose, joined: ringing === undefined, cause, write });
  }

  /** Hangs up on all of them. @returns writes it */
  async drop(): Promise<(tx: Tx) => Promise<void>> {
    const { legs } = this;
    for (const leg of legs) await this.#session.hangup(leg, 'cancelled');
    this.release();
    return (tx) => legsEnded(tx, legs, 'cancelled');
  }

  /** Whoever is consulted is let in. */
  letIn(): void {
    if (this.#joined === undefined) return;
    this.#joined = { ...this.#joined, state: 'talking', since: this.#session.services.clock.now().toISOString() };
    this.#purpose = 'conference';
  }

  /** They stay in the call, and are its agent from now on. */
  promote(): void {
    this.#joined = this.#purpose = undefined;
  }

  /** Takes up somebody who was in the call when the adapter went away. */
  takeUp(third: Third): void {
    const { busy } = this.#session.services;
    if (third.responder !== undefined) busy.claim(third.responder.id, this.#session.id);
    this.#joined = third;
    this.#purpose = third.state === 'consulting' ? 'consult' : 'conference';
  }

  /** Nobody of them is followed any more. */
  release(): void {
    for (const third of this.#ringing.values()) {
      third.cancelGuard();
      this.#unclaim(third);
    }
    this.#ringing.clear();
    if (this.#joined !== undefined) this.#unclaim(this.#joined);
    this.#joined = this.#purpose = undefined;
  }

  #unclaim({ responder }: Third): void {
    const session = this.#session;
    if (responder !== undefined && responder.id !== session.agent?.responder.id)
      session.services.busy.release(responder.id, session.id);
  }
}

export function partyOf({ leg, responder, name, number, state, since }: Third): CallParty {
  return { id: leg, role: 'third', accountId: responder?.id ?? null, name, number, state, reason: null, since };
}
