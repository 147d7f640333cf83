import type { StoredEvent } from '../store/work-tx.ts';

/** An event as the bytes that go to every page that may see it: encoded once, however many pages listen. */
export interface EncodedEvent {
  readonly seq: number;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly audience: readonly string[];
  /** For events about an account: whose page has to be looked at again. */
  readonly data: string;
}

export function encodeEvent({ seq, at, type, data, audience }: StoredEvent): EncodedEvent {
  const text = `id: ${seq}\nevent: ${type}\ndata: {"seq":${seq},"at":"${at}","type":"${type}","data":${data}}\n\n`;
  return { seq, type, bytes: Buffer.from(text), audience, data };
}

/** Tells a page that what it missed is no longer kept. Its id is where to go on from. */
export function encodeReset(seq: number, at: Date): Uint8Array {
  const event = { seq, at: at.toISOString(), type: 'reset', data: {} };
  return Buffer.from(`id: ${seq}\nevent: reset\ndata: ${JSON.stringify(event)}\n\n`);
}

/**
 * Says that the connection lives, and moves the page's last id past events that were not for it: resuming then does not
 * look through them again. A block without data is no event to a page.
 */
export function encodeHeartbeat(seq: number): Uint8Array {
  return Buffer.from(`: still here\nid: ${seq}\n\n`);
}

/** The first bytes: how soon to come back after a cut, and an id for a page that is cut before its first event. */
export function encodeOpening(seq: number, retryMs: number): Uint8Array {
  return Buffer.from(`retry: ${retryMs}\nid: ${seq}\n\n`);
}
