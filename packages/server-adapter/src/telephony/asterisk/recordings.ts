import { ExchangeError, type LegId, type RecordingName } from '../exchange.ts';
import type { AriEvent } from './ari-messages.ts';
import { timeOf } from './ari-messages.ts';
import { type ExchangeContext, legGone } from './exchange-context.ts';
import type { Leg } from './legs.ts';
import type { Snoops } from './snoops.ts';
import { repairedWav } from './wav-repair.ts';

interface LiveRecording {
  readonly leg: LegId;
  startedAt?: Date;
}

const prefix = 'cw-record-';
const unknown = { 404: 'unknown-recording' } as const;

type RecordingEvent = Extract<AriEvent, { type: 'RecordingStarted' | 'RecordingFinished' | 'RecordingFailed' }>;

/** The recording that a snoop of ours makes, by the snoop's channel id. */
export function recordingOfSnoop(channel: string): RecordingName | undefined {
  return channel.startsWith(prefix) ? channel.slice(prefix.length) : undefined;
}

/** Recordings of one leg's own side: a snoop hears what the leg says, and is recorded. */
export class Recordings {
  readonly #context: ExchangeContext;
  readonly #snoops: Snoops;
  readonly #live = new Map<RecordingName, LiveRecording>();

  constructor(context: ExchangeContext, snoops: Snoops) {
    this.#context = context;
    this.#snoops = snoops;
  }

  async start(leg: Leg, recording: RecordingName): Promise<void> {
    checkName(recording);
    if (this.#live.has(recording))
      throw new ExchangeError('invalid', `The recording "${recording}" is being made already. Choose another name.`);
    if (!leg.entered)
      throw new ExchangeError('invalid', `Leg "${leg.id}" is not answered yet: record it after its "answered".`);
    const snoop = prefix + recording;
    this.#live.set(recording, { leg: leg.id });
    try {
      await this.#snoops.open(leg.id, snoop, { spy: 'in' });
      await this.#context.ari.request('POST', ['channels', snoop, 'record'], {
        query: {
          name: recording,
          format: 'wav',
          ifExists: 'fail',
          maxDurationSeconds: 0,
          maxSilenceSeconds: 0,
          beep: false,
          terminateOn: 'none',
        },
        errors: { ...legGone, 409: 'invalid', 422: 'invalid' },
      });
    } catch (error) {
      this.#live.delete(recording);
      await this.#snoops.close(snoop);
      throw error;
    }
  }

  async pause(recording: RecordingName, paused: boolean): Promise<void> {
    checkName(recording);
    // Muted, not paused: Asterisk's pause leaves a gap, mute writes silence of the same length.
    await this.#context.ari.request(paused ? 'POST' : 'DELETE', ['recordings', 'live', recording, 'mute'], {
      errors: unknown,
      accept: [409],
    });
  }

  async stop(recording: RecordingName): Promise<void> {
    checkName(recording);
    await this.#context.ari.request('POST', ['recordings', 'live', recording, 'stop'], { errors: unknown });
  }

  async fetch(recording: RecordingName): Promise<Uint8Array> {
    checkName(recording);
    const response = await this.#context.ari.request('GET', ['recordings', 'stored', recording, 'file'], {
      errors: { ...unknown, 403: 'unknown-recording' },
    });
    return repairedWav(new Uint8Array(await response.arrayBuffer()));
  }

  /** What Asterisk plays a finished recording by. */
  async uri(recording: RecordingName): Promise<string> {
    checkName(recording);
    // Played without asking, a missing one would be silence.
    await this.#context.ari.request('GET', ['recordings', 'stored', recording], { errors: unknown });
    return `recording:${recording}`;
  }

  async delete(recording: RecordingName): Promise<void> {
    checkName(recording);
    await this.#context.ari.request('DELETE', ['recordings', 'stored', recording], { errors: unknown });
  }

  handle(event: RecordingEvent): void {
    const { name } = event.recording;
    const live = this.#live.get(name);
    if (live === undefined) return;
    const at = timeOf(event.timestamp);
    if (event.type === 'RecordingStarted') {
      live.startedAt = at;
      return;
    }
    this.#live.delete(name);
    void this.#snoops.close(prefix + name);
    if (event.type === 'RecordingFinished') {
      // ARI's own duration is in whole seconds.
      const durationMs =
        live.startedAt === undefined ? (event.recording.duration ?? 0) * 1000 : at.getTime() - live.startedAt.getTime();
      this.#context.emit({ type: 'recording-finished', recording: name, leg: live.leg, durationMs, at });
    } else {
      this.#context.emit({
        type: 'recording-failed',
        recording: name,
        leg: live.leg,
        reason: event.recording.cause ?? 'Asterisk could not write it',
        at,
      });
    }
  }

  /** Asterisk is writing it at this moment. */
  async isLive(recording: RecordingName): Promise<boolean> {
    return (await this.#context.ari.request('GET', ['recordings', 'live', recording], { accept: [404] })).ok;
  }

  /** After a restart: a snoop tells which recording goes on, and of which leg. */
  adopt(recording: RecordingName, leg: LegId): void {
    if (!this.#live.has(recording)) this.#live.set(recording, { leg });
  }

  /** After a reconnect: what is no longer being made has ended unseen. */
  lost(stillMade: ReadonlySet<RecordingName>, at: Date): void {
    for (const [recording, { leg }] of this.#live) {
      if (stillMade.has(recording)) continue;
      this.#live.delete(recording);
      this.#context.emit({
        type: 'recording-failed',
        recording,
        leg,
        reason: 'it ended while the exchange was out of reach; what was written can be fetched',
        at,
      });
    }
  }
}

/** The name becomes a file name below Asterisk's spool. */
function checkName(recording: RecordingName): void {
  if (!/^(?!\.+$)[A-Za-z0-9._-]{1,120}$/.test(recording)) {
    throw new ExchangeError(
      'invalid',
      `"${recording}" is no recording name. Use 1 to 120 of the characters A-Z a-z 0-9 . _ -`,
    );
  }
}
