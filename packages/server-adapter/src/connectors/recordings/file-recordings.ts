import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { asSized, assertFileKey, type RecordingStore } from './recording-store.ts';

/** Recordings in a folder. Written beside, flushed, then renamed: a crash leaves the whole file or none. */
export function fileRecordings(folder: string): RecordingStore {
  const pathOf = (key: string) => {
    assertFileKey(key);
    return join(folder, key);
  };

  return {
    async put(key, content) {
      const path = pathOf(key);
      const { size, open: openContent } = asSized(content);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = `${path}.${randomUUID()}.part`;
      try {
        const file = await open(draft, 'wx', 0o600);
        try {
          await file.writeFile(openContent());
          if ((await file.stat()).size !== size)
            throw new Error(`The content of ${key} has another size than the ${size} bytes it was announced with.`);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await flushFolder(dirname(path));
    },

    async size(key) {
      try {
        return (await stat(pathOf(key))).size;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    async read(key, range) {
      const path = pathOf(key);
      // A stream reports a missing file only when it is read, which is after the answer's head has gone out.
      const file = await open(path, 'r');
      const stream = createReadStream(path, { fd: file, ...(range && { start: range.start, end: range.end }) });
      return Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>;
    },

    async delete(key) {
      await rm(pathOf(key), { force: true });
    },
  };
}

/** The rename itself must survive a power cut: the folder's entry is flushed too, where the system can. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';
