import type { PauseReason } from '@callweave/sdk/protocol';
import type { Clock } from '../../clock.ts';
import {
  addGap,
  addTrack,
  findUnfinished,
  finishRecording,
  type Gap,
  setRecordingState,
  startRecording,
  type Track,
} from '../../recordings/index.ts';
import type { Tx } from '../../store/store.ts';
import type { Debts } from './debts.ts';
import type { FlowLogger } from './logger.ts';
import type { PatientExchange } from './patient-exchange.ts';

/** Tells whose it is, so that it is found even where nothing was written of it. */
export function trackName(callId: string, role: Track['role'], number: number): string {
  return `${callId}.${role}.${number}`;
}

/** So many tracks of one side may have been begun in the very moment the adapter went away, and not be written. */
const UNWRITTEN_AT_MOST = 2;

/** Names under which the exchange may have tracks of a call that stand nowhere, given those that do. */
export function unwrittenNames(callId: string, written: readonly Track[]): string[] {
  return (['customer', 'agent'] as const).flatMap((role) =>
    Array.from({ length: UNWRITTEN_AT_MOST }, (_, index) =>
      trackName(callId, role, lastNumber(written, role) + 1 + index),
    ),
  );
}

function lastNumber(tracks: readonly Track[], role: Track['role']): number {
  const numbers = tracks.filter((track) => track.role === role).map(({ name }) => Number(name.split('.').at(-1)));
  return Math.max(0, ...numbers);
}

/**
 * The recording of one call: a track per leg, begun before the legs are joined, so that the first word is on it. The
 * exchange is told at once; what it did is written in the caller's next write (`note…`), which keeps the media quick.
 */
export class CallRecording {
  readonly #callId: string;
  readonly #exchange: PatientExchange;
  readonly #clock: Clock;
  readonly #logger: FlowLogger;
  #id: string | undefined;
  #startedAt: Date | undefined;
  #tracks: Track[] = [];
  #unwritten: Track[] = [];
  /** Names are never used twice in a call, also not those of tracks that were thrown away. */
  readonly #begun = { customer: 0, agent: 0 };
  #failed = false;
  #failureWritten = false;
  #pause: { readonly since: Date; readonly reason: PauseReason } | undefined;

  constructor(options: { callId: string; exchange: PatientExchange; clock: Clock; logger: FlowLogger }) {
    this.#callId = options.callId;
    this.#exchange = options.exchange;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** Nothing is kept now, for this reason. */
  get pausedFor(): PauseReason | undefined {
    return this.#pause?.reason;
  }

  get id(): string | undefined {
    return this.#id;
  }

  get tracks(): readonly Track[] {
    return this.#tracks;
  }

  has(name: string): boolean {
    return this.#tracks.some((track) => track.name === name);
  }

  /** Takes up the recording of a call that was found again after a restart. */
  async takeUp(db: Tx['db'], recordingId: string): Promise<void> {
    const found = await findUnfinished(db, recordingId);
    if (found === undefined) return;
    this.#id = found.id;
    this.#startedAt = found.startedAt;
    this.#tracks = [...found.tracks];
    for (const role of ['customer', 'agent'] as const)
      this.#begun[role] = lastNumber(found.tracks, role) + UNWRITTEN_AT_MOST;
    this.#failed = this.#failureWritten = found.state === 'failed';
    this.#pause = found.pause;
  }

  /** Tracks with the first names are being thrown away at the exchange: the next ones must not be taken for them. */
  skipFirstNames(): void {
    this.#begun.customer = Math.max(UNWRITTEN_AT_MOST, this.#begun.customer);
    this.#begun.agent = Math.max(UNWRITTEN_AT_MOST, this.#begun.agent);
  }

  /** Begins to record a leg. A side that cannot be recorded fails the recording, not the call. @returns the track's name */
  async add(leg: string, role: Track['role']): Promise<string> {
    this.#startedAt ??= this.#clock.now();
    const number = (this.#begun[role] = this.#begun[role] + 1);
    const track: Track = {
      name: trackName(this.#callId, role, number),
      role,
      offsetMs: this.#clock.now().getTime() - this.#startedAt.getTime(),
    };
    this.#tracks.push(track);
    this.#unwritten.push(track);
    try {
      await this.#exchange.record({ leg, recording: track.name });
      if (this.#pause !== undefined) await this.#exchange.pauseRecording(track.name, true);
    } catch (error) {
      this.#failed = true;
      this.#logger.warn(`The ${role} of call ${this.#callId} is not being recorded.`, error);
    }
    return track.name;
  }

  /** Nobody was joined after all: what was begun is of no conversation. */
  async discard(debts: Debts): Promise<void> {
    const tracks = this.#unwritten;
    this.#tracks = this.#tracks.filter((track) => !tracks.includes(track));
    this.#unwritten = [];
    if (this.#id === undefined) this.#startedAt = undefined;
    for (const { name } of tracks) {
      await this.#exchange.stopRecording(name).catch(() => {});
      await debts.pay(`recording ${name}`, () => this.#exchange.deleteRecording(name));
    }
  }

  handleFailed(name: string): boolean {
    if (!this.has(name)) return false;
    this.#failed = true;
    return true;
  }

  /** Nothing is kept from now on, and silence of the same length stands for it. */
  async pause(reason: PauseReason): Promise<void> {
    if (this.#id === undefined || this.#pause !== undefined) return;
    this.#pause = { since: this.#clock.now(), reason };
    await this.#eachTrack((name) => this.#exchange.pauseRecording(name, true));
  }

  async resume(): Promise<Gap | undefined> {
    const gap = this.#gap();
    this.#pause = undefined;
    if (gap !== undefined) await this.#eachTrack((name) => this.#exchange.pauseRecording(name, false));
    return gap;
  }

  /** From the pause to now. */
  #gap(): Gap | undefined {
    if (this.#pause === undefined || this.#startedAt === undefined) return undefined;
    const { since, reason } = this.#pause;
    return { fromMs: this.offset(since), toMs: this.offset(this.#clock.now()), reason };
  }

  /** Writes what was begun since the last write. @returns the columns of the call that changed with it */
  async note(tx: Tx): Promise<{ readonly recording_id?: string }> {
    if (this.#startedAt === undefined) return {};
    const begun = this.#id === undefined;
    const id = this.#id ?? (await startRecording(tx, { callId: this.#callId, startedAt: this.#startedAt }));
    const written = this.#unwritten.length;
    for (const track of this.#unwritten) await addTrack(tx, id, track);
    const failed = this.#failed;
    if (failed && !this.#failureWritten) await setRecordingState(tx, id, 'failed');
    // Only what is durable counts as written: a write that is taken back is done again whole.
    tx.afterCommit(() => {
      this.#id = id;
      this.#unwritten = this.#unwritten.slice(written);
      this.#failureWritten ||= failed;
    });
    return begun ? { recording_id: id } : {};
  }

  async notePaused(tx: Tx): Promise<void> {
    if (this.#id !== undefined && !this.#failed) await setRecordingState(tx, this.#id, 'paused', this.#pause);
  }

  async noteGap(tx: Tx, gap: Gap): Promise<void> {
    if (this.#id === undefined) return;
    await addGap(tx, this.#id, gap);
    if (!this.#failed) await setRecordingState(tx, this.#id, 'recording');
  }

  /** Milliseconds from the start of the recording to now. */
  offset(at: Date): number {
    return this.#startedAt === undefined ? 0 : Math.max(0, at.getTime() - this.#startedAt.getTime());
  }

  /** The call is over: what there is waits to be stored. @returns the recording to store */
  async noteFinished(tx: Tx): Promise<string | undefined> {
    const id = (await this.note(tx)).recording_id ?? this.#id;
    const gap = this.#gap();
    if (id !== undefined && gap !== undefined) await addGap(tx, id, gap);
    if (id !== undefined) await finishRecording(tx, id);
    return id;
  }

  async #eachTrack(command: (name: string) => Promise<void>): Promise<void> {
    for (const { name } of this.#tracks) {
      // A track of a leg that is gone has nothing to pause; a PIN is never spoken into it.
      await command(name).catch(() => {});
    }
  }
}
