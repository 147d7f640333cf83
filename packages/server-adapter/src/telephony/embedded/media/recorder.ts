import { type FileHandle, open } from 'node:fs/promises';
import type { AudioPacket } from './peer.ts';
import { RecordingTimeline } from './recording-timeline.ts';
import { wavHeader } from './wav-header.ts';

const FLUSH_MS = 250;
/** A round that comes later than this finds packets that are still waiting in the sockets. */
const STALL_MS = 100;

export interface RecorderHandlers {
  readonly finished: (durationMs: number) => void;
  readonly failed: (reason: string) => void;
}

/**
 * Writes one side of a call to a WAV file while it goes on. The file grows with the clock, silence included, so that after a
 * crash it is whole up to the last half second; its header gets the lengths at the end.
 */
export class Recorder {
  readonly #file: FileHandle;
  readonly #handlers: RecorderHandlers;
  readonly #timeline = new RecordingTimeline();
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #paused = false;
  #lastRound = performance.now();
  #stalledMs = 0;
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #failure: string | undefined;
  #finished: Promise<void> | undefined;

  /** @throws the error of the file system, for example when the name exists. */
  static async create(path: string, handlers: RecorderHandlers): Promise<Recorder> {
    const file = await open(path, 'wx', 0o600);
    await file.write(wavHeader(0));
    return new Recorder(file, handlers);
  }

  private constructor(file: FileHandle, handlers: RecorderHandlers) {
    this.#file = file;
    this.#handlers = handlers;
    this.#timer = setInterval(() => this.#round(), FLUSH_MS);
  }

  write(packet: AudioPacket): void {
    if (this.#finished !== undefined) return;
    // Packets that waited may be read before or after the late round; either shows that time went by without us.
    const sinceRound = performance.now() - this.#lastRound;
    const stalled = sinceRound > FLUSH_MS + STALL_MS ? sinceRound : this.#stalledMs;
    this.#timeline.write(packet, this.#position(), this.#paused, stalled * 8);
  }

  pause(paused: boolean): void {
    this.#paused = paused;
  }

  /** Ends the recording; the outcome is told through the handlers. Idempotent. */
  finish(): Promise<void> {
    this.#finished ??= this.#finish();
    return this.#finished;
  }

  #round(): void {
    const now = performance.now();
    const sinceRound = now - this.#lastRound;
    this.#lastRound = now;
    this.#stalledMs = sinceRound > FLUSH_MS + STALL_MS ? sinceRound : 0;
    // What waited during a stall is being read now; settling would make it silence.
    if (this.#stalledMs === 0) this.#flush(this.#timeline.settle(this.#position()));
  }

  async #finish(): Promise<void> {
    clearInterval(this.#timer);
    this.#flush(this.#timeline.finish(this.#position()));
    await this.#writing;
    try {
      if (this.#failure === undefined) {
        await this.#file.write(wavHeader(this.#bytes), 0, undefined, 0);
        await this.#file.datasync();
      }
    } catch (error) {
      this.#failure = String(error);
    } finally {
      await this.#file.close().catch(() => undefined);
    }
    if (this.#failure === undefined) this.#handlers.finished(Math.round(this.#bytes / 16));
    else this.#handlers.failed(this.#failure);
  }

  #flush(samples: Int16Array): void {
    if (samples.length === 0 || this.#failure !== undefined) return;
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    this.#writing = this.#writing.then(async () => {
      if (this.#failure !== undefined) return;
      try {
        // At its own position, so that a partial write of a full disk can never shift what follows.
        await this.#file.write(bytes, 0, bytes.length, 44 + this.#bytes);
        this.#bytes += bytes.length;
      } catch (error) {
        this.#failure = `The recording could not be written: ${(error as Error).message}`;
        void this.finish();
      }
    });
  }

  #position(): number {
    return (performance.now() - this.#startedAt) * 8;
  }
}
