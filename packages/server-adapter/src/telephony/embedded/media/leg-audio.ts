import type { AudioSource } from './audio-source.ts';
import { FRAME_SAMPLES, type FrameClock } from './frame-clock.ts';
import type { AudioPacket, MediaPeer } from './peer.ts';

interface Playback {
  readonly id: string;
  readonly source: AudioSource;
  readonly finished: () => void;
}

/** Frames that a playback waits for the media connection before it runs on unheard (5 s). */
const MAX_WAIT_FRAMES = 250;

/**
 * What one leg hears: a playback before anything else, then music while it waits, then the voices of its bridge. Exactly one
 * of them at a time, so a PIN prompt is never mixed with a conversation.
 */
export class LegAudio {
  readonly #peer: MediaPeer;
  readonly #clock: FrameClock;
  readonly #queue: Playback[] = [];
  #music: AudioSource | undefined;
  #stopClock: (() => void) | undefined;
  #generation = 0;
  #sequence = 0;
  #timestamp = 0;
  #waited = 0;

  constructor(peer: MediaPeer, clock: FrameClock) {
    this.#peer = peer;
    this.#clock = clock;
  }

  play(id: string, source: AudioSource, finished: () => void): void {
    this.#queue.push({ id, source, finished });
    this.#update();
  }

  stop(id: string): boolean {
    const index = this.#queue.findIndex((playback) => playback.id === id);
    if (index < 0) return false;
    const [playback] = this.#queue.splice(index, 1);
    playback?.finished();
    this.#update();
    return true;
  }

  setMusic(source: AudioSource | undefined): void {
    this.#music = source;
    this.#update();
  }

  /** A packet of another leg, passed on as it came. */
  forward(from: string, packet: AudioPacket): void {
    if (this.#stopClock === undefined) this.#peer.send(`${from}:${packet.ssrc}`, packet, packet.payload);
  }

  /** A frame that was mixed from several legs. */
  sendMixed(from: string, sequence: number, payload: Buffer): void {
    if (this.#stopClock === undefined)
      this.#peer.send(from, { sequence: sequence & 0xffff, timestamp: (sequence * FRAME_SAMPLES) >>> 0 }, payload);
  }

  /** Ends every playback; each is told as finished. */
  close(): void {
    this.#music = undefined;
    for (const playback of this.#queue.splice(0)) playback.finished();
    this.#update();
  }

  #update(): void {
    const generating = this.#queue.length > 0 || this.#music !== undefined;
    if (generating && this.#stopClock === undefined) {
      this.#generation++;
      this.#waited = 0;
      this.#stopClock = this.#clock.add(() => this.#tick());
    } else if (!generating && this.#stopClock !== undefined) {
      this.#stopClock();
      this.#stopClock = undefined;
    }
  }

  #tick(): void {
    if (!this.#peer.connected && this.#waited++ < MAX_WAIT_FRAMES) return;
    const frame = this.#nextFrame();
    if (frame === undefined) return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + FRAME_SAMPLES) >>> 0;
    this.#peer.send(`made:${this.#generation}`, { sequence: this.#sequence, timestamp: this.#timestamp }, frame);
  }

  #nextFrame(): Buffer | undefined {
    for (let playback = this.#queue[0]; playback !== undefined; playback = this.#queue[0]) {
      const frame = playback.source.nextFrame();
      if (frame !== undefined) return frame;
      this.#queue.shift();
      playback.finished();
    }
    this.#update();
    return this.#music?.nextFrame();
  }
}
