import type { KeyObject } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { type SignedHead, signHead } from './heads.ts';
import { GENESIS_HASH } from './ledger.ts';

/** Where signed heads go. Keep it away from the database: another disk, another machine, a write-once store. */
export interface HeadSink {
  append(head: SignedHead): Promise<void>;
}

/** One JSON object a line, flushed to the disk. */
export function fileHeadSink(path: string): HeadSink {
  return {
    async append(head) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, 'a', 0o600);
      try {
        await file.appendFile(`${JSON.stringify(head)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

export async function readHeadFile(path: string): Promise<SignedHead[]> {
  const text = await readFile(path, 'utf8');
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as SignedHead];
    } catch (cause) {
      throw new Error(`Line ${index + 1} of ${path} is not a signed head.`, { cause });
    }
  });
}

export interface HeadExporterOptions {
  readonly store: Store;
  readonly sink: HeadSink;
  /** Ed25519. */
  readonly privateKey: KeyObject;
  /** At least every minute, so that at most a minute of the chain could be cut off unseen. @default 60_000 */
  readonly intervalMs?: number;
  readonly clock?: Clock;
  readonly onError?: (error: unknown) => void;
}

export interface HeadExporter {
  start(): void;
  /** Exports the last head, then ends. */
  stop(): Promise<void>;
  /** Exports the head now, if the chain has grown since the last one. */
  exportNow(): Promise<SignedHead | undefined>;
}

export function createHeadExporter(options: HeadExporterOptions): HeadExporter {
  const { store, sink, privateKey, intervalMs = 60_000, clock = systemClock, onError = () => {} } = options;
  let exported = -1;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function exportHead(): Promise<SignedHead | undefined> {
    const row = await store.db
      .selectFrom('ledger')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const head = row ?? { seq: 0, hash: GENESIS_HASH };
    if (head.seq === exported) return undefined;
    const signed = signHead(head, clock.now(), privateKey);
    await sink.append(signed);
    exported = head.seq;
    return signed;
  }

  // One after the other: a slow disk must not write an older head behind a newer one.
  function exportNow(): Promise<SignedHead | undefined> {
    const next = last.then(exportHead);
    last = next.catch(() => {});
    return next;
  }

  return {
    start() {
      timer ??= setInterval(() => void exportNow().catch(onError), intervalMs);
      timer.unref();
      void exportNow().catch(onError);
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await exportNow().catch(onError);
    },
    exportNow,
  };
}
