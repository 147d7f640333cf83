import { ExchangeError, type LegId } from '../../exchange.ts';
import { isGone } from '../call-session.ts';
import { LegSound } from '../leg-sound.ts';
import { writeTag } from '../leg-tag.ts';
import type { LegOwner } from '../switchboard.ts';
import type { Timers } from '../timers.ts';
import type { Side } from './virtual-book.ts';
import type { VirtualServices } from './virtual-services.ts';

interface Options {
  readonly services: VirtualServices;
  readonly timers: Timers;
  readonly language: () => VirtualServices['policy']['language'];
  /** Whose legs they are at the switchboard. */
  readonly owner: LegOwner;
}

/** The legs of one call, one for each side that is there or rings, and what each is made to hear. */
export class SideLegs {
  readonly #options: Options;
  readonly #legs = new Map<Side, LegId>();
  readonly #sounds = new Map<Side, LegSound>();
  readonly #owned: LegId[] = [];

  constructor(options: Options) {
    this.#options = options;
  }

  get(side: Side): LegId | undefined {
    return this.#legs.get(side);
  }

  entries(): readonly (readonly [Side, LegId])[] {
    return [...this.#legs];
  }

  sideOf(leg: LegId): Side | undefined {
    for (const [side, id] of this.#legs) if (id === leg) return side;
    return undefined;
  }

  take(side: Side, leg: LegId): void {
    const { services, timers, language, owner } = this.#options;
    const { exchange, clock, switchboard } = services;
    this.#legs.set(side, leg);
    this.#owned.push(leg);
    switchboard.own(leg, owner);
    this.#sounds.set(side, new LegSound({ leg, exchange, timers, language, now: () => clock.now().getTime() }));
  }

  /** The leg has ended; its late events are still this call's. */
  forget(side: Side): void {
    this.#sounds.get(side)?.forget();
    this.#sounds.delete(side);
    this.#legs.delete(side);
  }

  disown(): void {
    for (const leg of this.#owned) this.#options.services.switchboard.disown(leg);
  }

  sound(side: Side): LegSound {
    const sound = this.#sounds.get(side);
    if (sound === undefined) throw new ExchangeError('unknown-leg', `Call ${this.#options.owner.id} has no ${side}.`);
    return sound;
  }

  sounds(): readonly LegSound[] {
    return [...this.#sounds.values()];
  }

  /** Stored with the leg before anything else: a restarted adapter knows it by that. */
  async tag(side: Side): Promise<void> {
    const leg = this.#legs.get(side);
    const { services, owner } = this.#options;
    if (leg !== undefined) await services.exchange.tag(leg, writeTag({ callId: owner.id, role: side })).catch(() => {});
  }

  /** @returns false when whoever is there has just hung up */
  async answer(side: Side): Promise<boolean> {
    const leg = this.#legs.get(side);
    if (leg === undefined) return false;
    try {
      await this.#options.services.exchange.answer(leg);
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }
}
