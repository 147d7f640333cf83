/** Sequence number and timestamp of a packet, whoever made it. */
export interface RtpStamp {
  readonly sequence: number;
  readonly timestamp: number;
}

export interface OutgoingStamp extends RtpStamp {
  /** Set on the first packet of a new talk spurt, so that the far end resets its jitter buffer instead of waiting. */
  readonly marker: boolean;
}

/**
 * One continuous RTP stream out of changing sources (a prompt, the other leg, music): the stamps of each source are shifted
 * so that the receiver sees one sender. Losses and reordering inside a source stay visible, its jitter buffer needs them.
 */
export class RtpOut {
  #source: string | undefined;
  #sequenceShift = 0;
  #timestampShift = 0;
  #first = 0;
  #highest: number;
  #lastTimestamp: number;
  #lastAt = 0;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#highest = Math.floor(Math.random() * 0x8000);
    this.#lastTimestamp = Math.floor(Math.random() * 0x8000_0000);
  }

  /** The stamp to send with; undefined for a packet of before the last switch that arrives too late. */
  next(source: string, stamp: RtpStamp): OutgoingStamp | undefined {
    const now = this.#now();
    let marker = false;
    if (source !== this.#source) {
      const elapsed = this.#source === undefined ? 160 : Math.max(160, Math.round((now - this.#lastAt) * 8));
      this.#source = source;
      this.#first = (this.#highest + 1) & 0xffff;
      this.#sequenceShift = this.#first - stamp.sequence;
      this.#timestampShift = this.#lastTimestamp + elapsed - stamp.timestamp;
      marker = true;
    }
    const sequence = (stamp.sequence + this.#sequenceShift) & 0xffff;
    const timestamp = (stamp.timestamp + this.#timestampShift) >>> 0;
    if (signed16(sequence - this.#first) < 0 && signed16(sequence - this.#highest) < 0) return undefined;
    if (marker || signed16(sequence - this.#highest) > 0) {
      this.#highest = sequence;
      this.#lastTimestamp = timestamp;
      // A long-lived source must not make "before the switch" wrap around.
      if (signed16(sequence - this.#first) > 0x4000) this.#first = (sequence - 0x1000) & 0xffff;
    }
    this.#lastAt = now;
    return { sequence, timestamp, marker };
  }
}

function signed16(difference: number): number {
  return (difference << 16) >> 16;
}
