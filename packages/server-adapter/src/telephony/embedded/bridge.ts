import type { BridgeId } from '../exchange.ts';
import type { Leg } from './leg.ts';
import type { FrameClock } from './media/frame-clock.ts';
import { Mixer } from './media/mixer.ts';
import type { AudioPacket } from './media/peer.ts';

/**
 * Legs that hear each other, and the supervisors who overhear them. Two legs alone get each other's packets as they are;
 * with a third, or a supervisor, voices are mixed.
 */
export class Bridge {
  readonly id: BridgeId;
  readonly #members = new Set<Leg>();
  readonly #clock: FrameClock;
  #mixer: Mixer<Leg> | undefined;

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
    this.update();
  }

  close(): readonly Leg[] {
    const members = [...this.#members];
    for (const leg of members) this.leave(leg);
    return members;
  }

  /** What a member, or a supervisor of one, said. */
  receive(from: Leg, packet: AudioPacket): void {
    if (!from.speaks) return;
    if (this.#mixer !== undefined) return this.#mixer.receive(from, packet);
    if (!this.#members.has(from)) return;
    for (const leg of this.#members) if (leg !== from) leg.audio.forward(from.id, packet);
  }

  /** After a change of members, of supervisors or of somebody's hold: who hears music, and whether voices are mixed. */
  update(): void {
    const members = [...this.#members];
    for (const leg of members) {
      const others = members.filter((other) => other !== leg);
      leg.waitsInBridge(others.length > 0 && others.every((other) => other.heldByPhone));
    }
    const present = [
      ...members,
      ...members.flatMap((leg) => [...leg.supervisedBy].map((supervision) => supervision.leg)),
    ];
    if (present.length > 2 || present.length > members.length) {
      this.#mixer ??= new Mixer(this.#clock, (listener, speaker) => this.#hears(listener, speaker));
      this.#mixer.setPresent(present);
    } else {
      this.#mixer?.close();
      this.#mixer = undefined;
    }
  }

  /** Members hear each other; a supervisor hears the members, and is heard only by the agent to whom they whisper. */
  #hears(listener: Leg, speaker: Leg): boolean {
    if (listener === speaker) return false;
    if (this.#members.has(speaker)) return true;
    return speaker.supervises?.agent === listener && speaker.supervises.mode === 'whisper';
  }
}
