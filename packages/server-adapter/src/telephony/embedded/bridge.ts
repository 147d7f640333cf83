import type { BridgeId } from '../exchange.ts';
import type { Leg } from './leg.ts';
import type { FrameClock } from './media/frame-clock.ts';
import { Mixer } from './media/mixer.ts';
import type { AudioPacket } from './media/peer.ts';

/** Legs that hear each other. Two legs get each other's packets as they are; from three on, voices are mixed. */
export class Bridge {
  readonly id: BridgeId;
  readonly #members = new Set<Leg>();
  readonly #clock: FrameClock;
  #mixer: Mixer | undefined;

  constructor(id: BridgeId, clock: FrameClock) {
    this.id = id;
    this.#clock = clock;
  }

  join(leg: Leg): void {
    this.#members.add(leg);
    this.update();
  }

  leave(leg: Leg): void {
    if (!this.#members.delete(leg)) return;
    leg.waitsInBridge(false);
    this.#mixer?.remove(leg);
    this.update();
  }

  close(): readonly Leg[] {
    const members = [...this.#members];
    for (const leg of members) this.leave(leg);
    return members;
  }

  /** What a member said. */
  receive(from: Leg, packet: AudioPacket): void {
    if (!from.speaks) return;
    if (this.#mixer !== undefined) return this.#mixer.receive(from, packet);
    for (const leg of this.#members) if (leg !== from) leg.audio.forward(from.id, packet);
  }

  /** After a change of members or of somebody's hold: who hears music, and whether voices are mixed. */
  update(): void {
    const members = [...this.#members];
    for (const leg of members) {
      const others = members.filter((other) => other !== leg);
      leg.waitsInBridge(others.length > 0 && others.every((other) => other.heldByPhone));
    }
    if (members.length > 2) this.#mixer ??= new Mixer(this.#clock, () => this.#members);
    else {
      this.#mixer?.close();
      this.#mixer = undefined;
    }
  }
}
