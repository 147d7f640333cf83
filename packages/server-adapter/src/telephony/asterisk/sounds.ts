import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExchangeError, type PlayItem, type PromptLanguage, type RecordingName } from '../exchange.ts';
import { encodeMulawSample, MULAW_SILENCE } from '../mulaw.ts';
import { promptFile } from '../prompts.ts';
import { spokenDigits, spokenNumber } from '../spoken-numbers.ts';

type MadeItem = Exclude<PlayItem, { kind: 'recording' }>;

const samplesPerMs = 8;
const longestMs = 10 * 60_000;

export interface SoundOptions {
  /** A folder that Asterisk reads too. @default a temporary folder (Asterisk on this machine) */
  readonly directory?: string;
  /** The same folder as Asterisk sees it, for a container or another machine. @default directory */
  readonly directoryOnExchange?: string;
  /** The integrator's own prompts; see `promptFile`. */
  readonly promptOverrides?: string;
}

/**
 * Makes one sound file out of what is to be played. Asterisk could play a list, but only of files it has, in formats it
 * reads (its WAV reader knows no µ-law), and cannot make a measured silence or tone: one raw µ-law file has no gaps.
 */
export class SoundFiles {
  readonly #options: SoundOptions;
  #directory: Promise<string> | undefined;
  readonly #made = new Map<string, Promise<void>>();

  constructor(options: SoundOptions) {
    this.#options = options;
  }

  /**
   * The URIs to play one after the other. Recordings stay where they are: what somebody said is not copied into a folder of
   * prompts.
   */
  async uris(
    items: readonly PlayItem[],
    language: PromptLanguage,
    recordingUri: (recording: RecordingName) => Promise<string>,
  ): Promise<string[]> {
    const runs: (MadeItem[] | RecordingName)[] = [];
    for (const item of items) {
      const last = runs.at(-1);
      if (item.kind === 'recording') runs.push(item.recording);
      else if (Array.isArray(last)) last.push(item);
      else runs.push([item]);
    }
    if (runs.length === 0)
      throw new ExchangeError('invalid', 'There is nothing to play. Give at least one item with a sound.');
    return Promise.all(runs.map((run) => (Array.isArray(run) ? this.uri(run, language) : recordingUri(run))));
  }

  /** The `sound:` URI of these items. The same items give the same file. */
  async uri(items: readonly MadeItem[], language: PromptLanguage): Promise<string> {
    const parts = await Promise.all(items.flatMap((item) => this.#parts(item, language)));
    const audio = Buffer.concat(parts);
    if (audio.length === 0)
      throw new ExchangeError('invalid', 'There is nothing to play. Give at least one item with a sound.');
    const name = createHash('sha256').update(audio).digest('hex').slice(0, 40);
    this.#directory ??= this.#prepare();
    const directory = await this.#directory;
    let made = this.#made.get(name);
    if (made === undefined) {
      made = write(join(directory, `${name}.ulaw`), audio);
      this.#made.set(name, made);
      made.catch(() => this.#made.delete(name));
    }
    await made;
    return `sound:${join(this.#options.directoryOnExchange ?? directory, name)}`;
  }

  async close(): Promise<void> {
    const directory = await this.#directory?.catch(() => undefined);
    // A folder that was given holds files of other adapters too.
    if (directory !== undefined && this.#options.directory === undefined)
      await rm(directory, { recursive: true, force: true });
    this.#directory = undefined;
    this.#made.clear();
  }

  async #prepare(): Promise<string> {
    const { directory } = this.#options;
    if (directory === undefined) {
      const made = await mkdtemp(join(tmpdir(), 'callweave-sounds-'));
      // Asterisk usually runs as a user of its own.
      await chmod(made, 0o755);
      return made;
    }
    await mkdir(directory, { recursive: true, mode: 0o755 });
    return directory;
  }

  #parts(item: MadeItem, language: PromptLanguage): Promise<Buffer>[] {
    const prompt = (key: string) => this.#prompt(key, language);
    switch (item.kind) {
      case 'prompt':
        return [prompt(item.key)];
      case 'digits':
        return spokenDigits(item.digits).map(prompt);
      case 'number':
        return spokenNumber(item.value, language).map(prompt);
      case 'silence':
        return [Promise.resolve(Buffer.alloc(samplesOf(item.ms), MULAW_SILENCE))];
      case 'tone':
        return [Promise.resolve(tone(item.hz, item.ms))];
    }
  }

  async #prompt(key: string, language: PromptLanguage): Promise<Buffer> {
    return mulawOf(await readFile(promptFile(language, key, this.#options.promptOverrides)), key);
  }
}

function samplesOf(ms: number): number {
  if (!Number.isFinite(ms) || ms < 0 || ms > longestMs)
    throw new ExchangeError('invalid', `A length of ${ms} ms cannot be played. Give 0 to ${longestMs}.`);
  return Math.round(ms * samplesPerMs);
}

function tone(hz: number, ms: number): Buffer {
  if (!Number.isFinite(hz) || hz < 20 || hz > 3900)
    throw new ExchangeError('invalid', `A tone of ${hz} Hz cannot be played. Give 20 to 3900.`);
  const samples = Buffer.alloc(samplesOf(ms));
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = encodeMulawSample(Math.round(8000 * Math.sin((2 * Math.PI * hz * index) / 8000)));
  }
  return samples;
}

/** The samples of a WAV file in µ-law (format 7) or 16-bit PCM (format 1), both mono at 8 kHz. */
function mulawOf(wav: Buffer, key: string): Buffer {
  let format = 0;
  let plain = false;
  for (let at = 12; at + 8 <= wav.length; ) {
    const name = wav.toString('latin1', at, at + 4);
    const size = wav.readUInt32LE(at + 4);
    if (name === 'fmt ') {
      format = wav.readUInt16LE(at + 8);
      plain = wav.readUInt16LE(at + 10) === 1 && wav.readUInt32LE(at + 12) === 8000;
    }
    if (name === 'data' && plain) {
      const data = wav.subarray(at + 8, at + 8 + size);
      if (format === 7) return data;
      if (format === 1)
        return Buffer.from(
          Array.from({ length: data.length >> 1 }, (_, index) => encodeMulawSample(data.readInt16LE(index * 2))),
        );
    }
    at += 8 + size + (size % 2);
  }
  throw new ExchangeError(
    'invalid',
    `The audio of prompt "${key}" is not mono 8 kHz µ-law or 16-bit WAV. Convert it: sox in.wav -r 8000 -c 1 -e mu-law out.wav`,
  );
}

/** Written beside and renamed, so that Asterisk never plays half a file. */
async function write(path: string, audio: Buffer): Promise<void> {
  const existing = await stat(path).catch(() => undefined);
  if (existing?.size === audio.length) return;
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, audio, { mode: 0o644 });
  await rename(draft, path);
}
