import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asSized } from '../recordings/recording-store.ts';
import { clamavScanner } from './clamav.ts';
import { noScanner } from './none.ts';
import { EICAR, FakeClamd } from './testing/fake-clamd.ts';

let clamd: FakeClamd;
beforeEach(async () => {
  clamd = await new FakeClamd().listen();
});
afterEach(() => clamd.close());

const scan = (bytes: Uint8Array, timeoutMs = 20_000, signal?: AbortSignal) =>
  clamavScanner({ host: '127.0.0.1', port: clamd.port, timeoutMs }).scan(asSized(bytes), signal);

test.each([1, 65_535, 65_536, 65_537, 1_000_000])('a file of %i bytes arrives as it is, and is clean', async (size) => {
  const bytes = randomBytes(size);
  expect(await scan(bytes)).toEqual({ result: 'clean' });
  expect(clamd.seen).toEqual([bytes]);
  expect(clamd.faults).toEqual([]);
});

test('a stream whose parts are of any size arrives in order', async () => {
  const parts = [1, 0, 70_000, 3, 200_000].map((size) => randomBytes(size));
  const content = {
    size: 270_004,
    async *open() {
      yield* parts;
    },
  };
  const scanner = clamavScanner({ host: '127.0.0.1', port: clamd.port });
  expect(await scanner.scan(content)).toEqual({ result: 'clean' });
  expect(clamd.seen).toEqual([Buffer.concat(parts)]);
});

test('malware is found, also across two pieces', async () => {
  const finding = 'Win.Test.EICAR_HDB-1';
  expect(await scan(Buffer.from(EICAR))).toEqual({ result: 'infected', finding });
  const across = Buffer.concat([Buffer.alloc(65_500, 32), Buffer.from(EICAR)]);
  expect(await scan(across)).toEqual({ result: 'infected', finding });
});

test('what is larger than clamd takes was not scanned, and says what to do', async () => {
  clamd.maxBytes = 100_000;
  await expect(scan(randomBytes(300_000))).rejects.toMatchObject({
    fault: 'too-large',
    message: expect.stringContaining('StreamMaxLength'),
  });
});

test.each([
  ['says nothing', 'timeout', { silent: true }],
  ['hangs up', 'unreachable', { hangsUp: true }],
  ['has an error', 'refused', { says: 'Can’t allocate memory ERROR' }],
  ['says OK of something else', 'refused', { says: 'stream: OK then' }],
  ['never ends its answer', 'refused', { says: 'x'.repeat(5_000) }],
] as const)('a clamd that %s has not called the file clean: %s', async (_, fault, behaviour) => {
  Object.assign(clamd, behaviour);
  await expect(scan(Buffer.from('hello'), fault === 'timeout' ? 300 : 20_000)).rejects.toMatchObject({
    name: 'ScannerError',
    fault,
  });
});

test('nobody there, given up, and a file that cannot be read', async () => {
  const { port } = clamd;
  await clamd.close();
  const scanner = clamavScanner({ host: '127.0.0.1', port });
  await expect(scanner.scan(asSized(Buffer.from('x')))).rejects.toMatchObject({ fault: 'unreachable' });
  clamd = await new FakeClamd().listen();
  await expect(scan(Buffer.from('x'), 20_000, AbortSignal.abort())).rejects.toMatchObject({ fault: 'timeout' });
  const broken = {
    size: 3,
    // biome-ignore lint/correctness/useYield: fails before its first part
    async *open(): AsyncGenerator<Uint8Array> {
      throw new Error('the disk is gone');
    },
  };
  const there = clamavScanner({ host: '127.0.0.1', port: clamd.port, timeoutMs: 5_000 });
  await expect(there.scan(broken)).rejects.toMatchObject({ fault: 'unreachable' });
});

test('without a scanner nothing is called clean', async () => {
  expect(await noScanner().scan(asSized(Buffer.from(EICAR)))).toEqual({ result: 'none' });
});
