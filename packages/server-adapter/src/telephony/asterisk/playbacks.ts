import { ExchangeError, type LegId, type PlaybackId, type PlayItem, type PromptLanguage } from '../exchange.ts';
import { type ExchangeContext, legGone, legIn } from './exchange-context.ts';
import type { Leg } from './legs.ts';
import type { Recordings } from './recordings.ts';
import type { Snoops } from './snoops.ts';
import type { SoundFiles } from './sounds.ts';

interface Playback {
  readonly leg: LegId;
  /** Set when the leg hears it through a snoop, because a channel in a bridge cannot be played to. */
  readonly snoop?: string;
  /** Hold music: starts again at its end, and is no event. */
  readonly music: boolean;
}

const musicId = (leg: LegId) => `cw-music-${leg}`;

/** Prompts, tones and hold music towards single legs. */
export class Playbacks {
  readonly #context: ExchangeContext;
  readonly #snoops: Snoops;
  readonly #sounds: SoundFiles;
  readonly #recordings: Recordings;
  readonly #running = new Map<PlaybackId, Playback>();

  constructor(context: ExchangeContext, snoops: Snoops, sounds: SoundFiles, recordings: Recordings) {
    this.#context = context;
    this.#snoops = snoops;
    this.#sounds = sounds;
    this.#recordings = recordings;
  }

  async play(leg: Leg, items: readonly PlayItem[], playback: PlaybackId, language: PromptLanguage): Promise<void> {
    if (this.#running.has(playback)) return;
    if (!leg.entered)
      throw new ExchangeError('invalid', `Leg "${leg.id}" is not answered yet: play to it after its "answered".`);
    const uris = await this.#sounds.uris(items, language, (recording) => this.#recordings.uri(recording));
    // A held leg hears the prompt instead of the music, then the music again.
    if (leg.onHold) await this.#stop(musicId(leg.id));
    const whispered = (leg.bridge ?? leg.supervises) !== undefined && !leg.onHold;
    await this.#start(leg.id, playback, uris, { music: false, whispered });
  }

  async stop(playback: PlaybackId): Promise<void> {
    await this.#stop(playback);
  }

  async startMusic(leg: Leg): Promise<void> {
    const uri = await this.#sounds.uri([{ kind: 'prompt', key: 'hold-music' }], 'en');
    if (!leg.onHold || this.#running.has(musicId(leg.id))) return;
    await this.#start(leg.id, musicId(leg.id), [uri], { music: true, whispered: false });
  }

  /** After a restart: the music of the process before plays on, and its end is ours to follow. */
  async adoptHeld(leg: Leg): Promise<void> {
    const id = musicId(leg.id);
    const playing = await this.#context.ari.request('GET', ['playbacks', id], { accept: [404] });
    if (playing.status === 404) await this.startMusic(leg);
    else this.#running.set(id, { leg: leg.id, music: true });
  }

  /** Before a leg enters a bridge: Asterisk would let it in only when the sound has ended. */
  async stopDirect(leg: LegId): Promise<void> {
    const direct = [...this.#running].filter(([, playback]) => playback.leg === leg && playback.snoop === undefined);
    await Promise.all(direct.map(([id]) => this.#stop(id)));
  }

  /** Whether something of ours is heard through this snoop. */
  usesSnoop(snoop: string): boolean {
    return [...this.#running.values()].some((playback) => playback.snoop === snoop);
  }

  /** PlaybackFinished. */
  finished(id: PlaybackId, at: Date): void {
    const playback = this.#running.get(id);
    if (playback === undefined) return;
    this.#running.delete(id);
    if (playback.snoop !== undefined) void this.#snoops.close(playback.snoop);
    if (!playback.music) this.#context.emit({ type: 'playback-finished', playback: id, leg: playback.leg, at });
    const leg = this.#context.legs.get(playback.leg);
    if (leg?.onHold && ![...this.#running.values()].some((other) => other.leg === leg.id)) {
      this.startMusic(leg).catch((error: unknown) => this.#musicProblem(error));
    }
  }

  /** The leg ended; Asterisk does not always say so of what was playing. */
  legEnded(leg: LegId, at: Date): void {
    for (const [id, playback] of this.#running) if (playback.leg === leg) this.finished(id, at);
  }

  async #start(
    leg: LegId,
    id: PlaybackId,
    media: readonly string[],
    how: { music: boolean; whispered: boolean },
  ): Promise<void> {
    const snoop = how.whispered ? `cw-whisper-${id}` : undefined;
    this.#running.set(id, { leg, music: how.music, ...(snoop === undefined ? {} : { snoop }) });
    try {
      if (snoop !== undefined) await this.#snoops.open(leg, snoop, { whisper: 'out' });
      legIn(this.#context, leg);
      await this.#context.ari.request('POST', ['channels', snoop ?? leg, 'play', id], {
        body: { media },
        errors: legGone,
      });
    } catch (error) {
      this.#running.delete(id);
      if (snoop !== undefined) void this.#snoops.close(snoop);
      throw error;
    }
  }

  async #stop(id: PlaybackId): Promise<void> {
    // 404: it ended in the meantime. 409: it is queued or just ending; the leg's next step waits for it anyway.
    await this.#context.ari.request('DELETE', ['playbacks', id], { accept: [404, 409] });
  }

  #musicProblem(error: unknown): void {
    if (error instanceof ExchangeError && (error.code === 'unknown-leg' || error.code === 'exchange-down')) return;
    this.#context.problem(`Hold music stopped: ${String(error)}`);
  }
}
