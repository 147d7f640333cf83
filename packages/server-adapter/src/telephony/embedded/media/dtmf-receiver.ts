const DIGITS = '0123456789*#ABCD';
/** A timestamp that falls back further than this (10 s) is a new sender, not a late packet. */
const LATE_SAMPLES = 80_000;

/**
 * Digits out of RFC 4733 events. Every key press comes as many packets with one timestamp, the last three of them equal;
 * it is told once, at its first packet, and also when that one was lost.
 */
export class DtmfReceiver {
  #last: { readonly ssrc: number; readonly timestamp: number } | undefined;
  #lastDuration = 0;

  /** @returns the digit when this packet begins a key press. */
  receive(packet: {
    readonly ssrc: number;
    readonly timestamp: number;
    readonly payload: Uint8Array;
  }): string | undefined {
    const { payload, ssrc, timestamp } = packet;
    if (payload.length < 4) return undefined;
    const digit = DIGITS[payload[0] as number];
    if (digit === undefined) return undefined;
    const duration = ((payload[2] as number) << 8) | (payload[3] as number);
    if (this.#last !== undefined && this.#last.ssrc === ssrc) {
      const ahead = (timestamp - this.#last.timestamp) | 0;
      if (ahead === 0) {
        this.#lastDuration = Math.max(this.#lastDuration, duration);
        return undefined;
      }
      if (ahead < 0 && ahead > -LATE_SAMPLES) return undefined;
      // A key held for more than 8 seconds goes on in a further segment (RFC 4733, 2.5.1.3).
      if (ahead === 0xffff && this.#lastDuration === 0xffff) {
        this.#last = { ssrc, timestamp };
        this.#lastDuration = duration;
        return undefined;
      }
    }
    this.#last = { ssrc, timestamp };
    this.#lastDuration = duration;
    return digit;
  }
}
