import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExchangeError, type RecordingName } from '../exchange.ts';
import { Recorder, type RecorderHandlers } from './media/recorder.ts';
import { repairWav } from './media/wav-header.ts';

/** The folder of recordings, and those being made. */
export class Recordings {
  readonly #directory: string;
  readonly #running = new Map<RecordingName, Recorder>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  async open(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }

  async start(name: RecordingName, handlers: RecorderHandlers): Promise<Recorder> {
    try {
      const done = () => this.#running.delete(name);
      const recorder = await Recorder.create(this.#path(name), {
        finished: (durationMs) => {
          done();
          handlers.finished(durationMs);
        },
        failed: (reason) => {
          done();
          handlers.failed(reason);
        },
      });
      this.#running.set(name, recorder);
      return recorder;
    } catch (error) {
      if (error instanceof ExchangeError) throw error;
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new ExchangeError('invalid', `There is a recording "${name}" already; choose a unique name.`);
      throw new ExchangeError('failed', `The recording "${name}" could not be started: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  running(name: RecordingName): Recorder {
    const recorder = this.#running.get(name);
    if (recorder === undefined) throw new ExchangeError('unknown-recording', `No recording "${name}" is running.`);
    return recorder;
  }

  async fetch(name: RecordingName): Promise<Uint8Array> {
    if (this.#running.has(name))
      throw new ExchangeError('invalid', `The recording "${name}" is still running; stop it first.`);
    return repairWav(await readFile(this.#path(name)).catch((error: unknown) => fail(name, error)));
  }

  async delete(name: RecordingName): Promise<void> {
    if (this.#running.has(name))
      throw new ExchangeError('invalid', `The recording "${name}" is still running; stop it first.`);
    await rm(this.#path(name)).catch((error: unknown) => fail(name, error));
  }

  async finishAll(): Promise<void> {
    await Promise.all([...this.#running.values()].map((recorder) => recorder.finish()));
  }

  #path(name: RecordingName): string {
    if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(name)) {
      throw new ExchangeError(
        'invalid',
        `"${name}" is no recording name; use up to 128 letters, digits, ".", "_" and "-", not starting with ".".`,
      );
    }
    return join(this.#directory, `${name}.wav`);
  }
}

function fail(name: RecordingName, error: unknown): never {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    throw new ExchangeError('unknown-recording', `There is no recording "${name}".`);
  throw new ExchangeError('failed', `The recording "${name}" could not be read: ${(error as Error).message}`, {
    cause: error,
  });
}
