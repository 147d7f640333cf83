import { readFile } from 'node:fs/promises';
import { ExchangeError, type PlayItem, type PromptLanguage, type RecordingName } from '../../exchange.ts';
import { encodeMulawSample, MULAW_SILENCE } from '../../mulaw.ts';
import { promptFile } from '../../prompts.ts';
import { spokenDigits, spokenNumber } from '../../spoken-numbers.ts';
import { FRAME_SAMPLES } from './frame-clock.ts';
import { mulawFromWav } from './wav-audio.ts';

/** Audio that is made frame by frame. */
export interface AudioSource {
  /** The next 20 ms of µ-law; undefined at the end. */
  nextFrame(): Buffer | undefined;
}

const MAX_ITEMS = 100;
const MAX_SEGMENT_MS = 600_000;
const TONE_PEAK = 8000;

interface Segment {
  readonly length: number;
  readonly sampleAt: (index: number) => number;
}

/** Where the sounds come from that are not made here. */
export interface SoundSources {
  readonly promptsDir: string | undefined;
  /** The WAV file of a finished recording. */
  readonly recording: (name: RecordingName) => Promise<Uint8Array>;
}

/** Loads everything first, so that a missing prompt is told before a sound is heard. */
export async function createPlaylist(
  items: readonly PlayItem[],
  language: PromptLanguage,
  sources: SoundSources,
): Promise<AudioSource> {
  if (items.length === 0 || items.length > MAX_ITEMS) {
    throw new ExchangeError('invalid', `A playback has 1 to ${MAX_ITEMS} items, not ${items.length}.`);
  }
  const segments = await Promise.all(items.flatMap((item) => segmentsOf(item, language, sources)));
  let current = 0;
  let at = 0;
  return {
    nextFrame() {
      while (current < segments.length && at >= (segments[current] as Segment).length) {
        current++;
        at = 0;
      }
      if (current >= segments.length) return undefined;
      const frame = Buffer.alloc(FRAME_SAMPLES, MULAW_SILENCE);
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        while (current < segments.length && at >= (segments[current] as Segment).length) {
          current++;
          at = 0;
        }
        const segment = segments[current];
        if (segment === undefined) break;
        frame[i] = segment.sampleAt(at++);
      }
      return frame;
    },
  };
}

/** A piece that starts again at its end, for as long as somebody listens. */
export function createLoop(bytes: Buffer): AudioSource {
  let at = 0;
  return {
    nextFrame() {
      const frame = Buffer.allocUnsafe(FRAME_SAMPLES);
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        frame[i] = bytes[at] as number;
        at = (at + 1) % bytes.length;
      }
      return frame;
    },
  };
}

export async function loadPrompt(
  language: PromptLanguage,
  key: string,
  promptsDir: string | undefined,
): Promise<Buffer> {
  const path = promptFile(language, key, promptsDir);
  const audio = mulawFromWav(await readFile(path));
  if (audio === undefined || audio.length === 0) {
    throw new ExchangeError('invalid', `${path} cannot be played: a prompt is a mono WAV at 8 kHz, µ-law or 16-bit.`);
  }
  return audio;
}

function segmentsOf(item: PlayItem, language: PromptLanguage, sources: SoundSources): Promise<Segment>[] {
  const segment = (bytes: Buffer): Segment => ({ length: bytes.length, sampleAt: (index) => bytes[index] as number });
  const prompt = async (key: string) => segment(await loadPrompt(language, key, sources.promptsDir));
  switch (item.kind) {
    case 'prompt':
      return [prompt(item.key)];
    case 'digits':
      return spokenDigits(item.digits.slice(0, 64)).map(prompt);
    case 'number':
      return spokenNumber(item.value, language).map(prompt);
    case 'recording':
      return [sources.recording(item.recording).then((wav) => segment(recorded(item.recording, wav)))];
    case 'silence':
      return [Promise.resolve({ length: samples(item.ms), sampleAt: () => MULAW_SILENCE })];
    case 'tone': {
      if (!(item.hz >= 20 && item.hz <= 3900))
        throw new ExchangeError('invalid', `A tone of ${item.hz} Hz does not fit a telephone; use 20 to 3900.`);
      const step = (2 * Math.PI * item.hz) / 8000;
      return [
        Promise.resolve({
          length: samples(item.ms),
          sampleAt: (index) => encodeMulawSample(Math.round(Math.sin(step * index) * TONE_PEAK)),
        }),
      ];
    }
  }
}

function recorded(name: RecordingName, wav: Uint8Array): Buffer {
  const audio = mulawFromWav(Buffer.from(wav.buffer, wav.byteOffset, wav.byteLength));
  if (audio === undefined)
    throw new ExchangeError('failed', `The recording "${name}" is damaged and cannot be played.`);
  return audio;
}

function samples(ms: number): number {
  if (!(ms >= 0 && ms <= MAX_SEGMENT_MS))
    throw new ExchangeError('invalid', `A duration of ${ms} ms is out of range; use 0 to ${MAX_SEGMENT_MS}.`);
  return Math.round(ms * 8);
}
