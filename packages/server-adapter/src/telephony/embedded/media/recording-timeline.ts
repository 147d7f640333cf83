import { decodeMulawSample } from '../../mulaw.ts';
import type { AudioPacket } from './peer.ts';

/** Audio stays open this long for packets that come late or out of order, before it is handed on (0.5 s). */
const OPEN_SAMPLES = 4000;
/** A packet this far from where the clock says it belongs starts a new stretch (0.3 s). */
const DRIFT_SAMPLES = 2400;
/** Nobody's audio waits longer than this to be written (30 s). */
const MAX_OPEN_SAMPLES = 240_000;

/**
 * Puts packets at their place in time: sample n of the recording is what was said n/8 ms after its start. Within a stretch
 * of speech RTP timestamps decide, so jitter does not tear it; gaps stay silence; the clock anchors each stretch, so an
 * offset into the recording is true after minutes of mute or loss.
 */
export class RecordingTimeline {
  #open = new Int16Array(OPEN_SAMPLES * 4);
  /** Position of `#open[0]`; everything before was handed on. */
  #handedOn = 0;
  #anchor: { readonly ssrc: number; readonly timestamp: number; readonly position: number } | undefined;

  /**
   * @param at samples since the start, by the clock.
   * @param stalled samples for which this process stood still just now: packets that waited meanwhile are late by that much.
   */
  write(packet: AudioPacket, at: number, silent: boolean, stalled = 0): void {
    const arrived = Math.max(0, Math.round(at) - packet.payload.length);
    const anchor = this.#anchor;
    let position = anchor === undefined ? arrived : anchor.position + ((packet.timestamp - anchor.timestamp) | 0);
    if (
      anchor === undefined ||
      anchor.ssrc !== packet.ssrc ||
      position - arrived > DRIFT_SAMPLES ||
      arrived - position > DRIFT_SAMPLES + stalled
    ) {
      position = arrived;
      this.#anchor = { ssrc: packet.ssrc, timestamp: packet.timestamp, position };
    }
    if (silent) return;
    const start = position - this.#handedOn;
    this.#reserve(start + packet.payload.length);
    for (let i = 0; i < packet.payload.length; i++) {
      const index = start + i;
      if (index >= 0 && index < this.#open.length) this.#open[index] = decodeMulawSample(packet.payload[i] as number);
    }
  }

  /** Everything that can no longer change, given the time by the clock. */
  settle(at: number): Int16Array {
    return this.#take(Math.round(at) - OPEN_SAMPLES);
  }

  /** The rest, up to the end of the recording. */
  finish(at: number): Int16Array {
    return this.#take(Math.round(at));
  }

  #reserve(samples: number): void {
    if (samples <= this.#open.length || samples > MAX_OPEN_SAMPLES) return;
    const larger = new Int16Array(Math.min(MAX_OPEN_SAMPLES, samples * 2));
    larger.set(this.#open);
    this.#open = larger;
  }

  #take(until: number): Int16Array {
    const count = Math.max(0, until - this.#handedOn);
    const taken = new Int16Array(count);
    taken.set(this.#open.subarray(0, Math.min(count, this.#open.length)));
    this.#open.copyWithin(0, Math.min(count, this.#open.length));
    this.#open.fill(0, Math.max(0, this.#open.length - count));
    this.#handedOn += count;
    return taken;
  }
}
