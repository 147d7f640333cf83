import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import { callerOf, change, fetchBytes, read } from '../http/testing/invoke.ts';
import { describeStores } from '../store/testing.ts';
import {
  checkRetention,
  DEFAULT_RETENTION,
  endOfRetention,
  newestThatMayEnd,
  type RetentionPolicy,
} from './retention-policy.ts';
import { createRecordingsRig } from './testing/recordings-rig.ts';

const DAY = 86_400_000;
const MANAGER = callerOf('account_manager', 'manager');
const problem = (code: string) => expect.objectContaining({ code });

describe('the end of retention', () => {
  test('counts whole years from the end of the call, and days as days', () => {
    const ended = new Date('2024-02-29T12:00:00.000Z');
    expect(endOfRetention(ended, { years: 5 })?.toISOString()).toBe('2029-03-01T12:00:00.000Z');
    expect(endOfRetention(ended, { years: 4 })?.toISOString()).toBe('2028-02-29T12:00:00.000Z');
    expect(endOfRetention(ended, { days: 30 })?.toISOString()).toBe('2024-03-30T12:00:00.000Z');
    expect(endOfRetention(ended, 'for-ever')).toBeUndefined();
  });

  test('nothing that may end is overlooked by the search for it', () => {
    const keep = fc.oneof(
      fc.record({ years: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ days: fc.integer({ min: 1, max: 4000 }) }),
      fc.constant('for-ever' as const),
    );
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.record({ order: keep, call: keep, virtual: keep }),
        (now, started, policy) => {
          const newest = newestThatMayEnd(now, policy);
          for (const each of Object.values(policy)) {
            const end = endOfRetention(started, each);
            if (end !== undefined && end <= now) expect(newest !== undefined && started < newest).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([[{ years: 0 }], [{ days: -1 }], [{ years: 1.5 }], [{ years: Number.NaN }]])('refuses %j', (keep) => {
    expect(() => checkRetention({ ...DEFAULT_RETENTION, call: keep })).toThrow('whole number');
  });
});

describeStores('retention of recordings', (makeStore) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-retention-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const make = async (policy: RetentionPolicy = DEFAULT_RETENTION) =>
    createRecordingsRig(await makeStore(), fileRecordings(await mkdtemp(join(folder, 'store-'))), policy);
  type Rig = Awaited<ReturnType<typeof make>>;

  const hold = (rig: Rig, recordingId: string) =>
    change(
      rig.archive.store,
      contract.recordings.hold,
      rig.operations.hold,
      { recordingId, reason: 'a claim' },
      MANAGER,
    );
  const release = (rig: Rig, recordingId: string, holdId: string) =>
    change(
      rig.archive.store,
      contract.recordings.release,
      rig.operations.release,
      { recordingId, holdId, reason: 'settled' },
      MANAGER,
    );
  const hasFile = async (rig: Rig, id: string) => {
    const { file } = await rig.row(id);
    return file !== null && (await rig.archive.files.size(file)) !== undefined;
  };

  test('by purpose: the file goes, the row and a line of the ledger stay', async () => {
    const rig = await make();
    const at = (text: string) => new Date(text);
    const order = await rig.recorded({ at: at('2021-11-22T09:00:00.000Z'), order: true });
    const young = await rig.recorded({ at: at('2021-11-22T11:00:00.000Z') });
    const virtual = await rig.recorded({ at: at('2025-11-22T09:00:00.000Z'), kind: 'virtual' });
    const { file, sha256 } = await rig.row(order);
    expect(await rig.retention.expire()).toBe(2);
    expect(await rig.row(order)).toMatchObject({ state: 'expired', file: null, sha256 });
    expect(await rig.archive.files.size(file ?? '')).toBeUndefined();
    expect(await hasFile(rig, young)).toBe(true);
    expect(await hasFile(rig, virtual)).toBe(false);
    expect((await rig.lines('recording.expired')).map(({ subject, data }) => [subject, data['purpose']])).toEqual([
      [`recording:${order}`, 'order'],
      [`recording:${virtual}`, 'virtual'],
    ]);
    await expect(
      fetchBytes(contract.recordings.audio, rig.operations.audio, { recordingId: order }, MANAGER),
    ).rejects.toEqual(problem('recording-expired'));
    await expect(hold(rig, order)).rejects.toEqual(problem('recording-expired'));
    expect(await rig.retention.expire()).toBe(0);
  });

  test('a hold keeps it; of two holds both must be released', async () => {
    const rig = await make();
    const id = await rig.recorded({ at: new Date('2015-01-01T00:00:00.000Z') });
    const first = (await hold(rig, id)).holds[0]?.id ?? '';
    const second = (await hold(rig, id)).holds[1]?.id ?? '';
    expect(await rig.retention.expire()).toBe(0);
    await release(rig, id, first);
    await expect(release(rig, id, first)).rejects.toEqual(problem('conflict'));
    await expect(release(rig, id, 'hold_none')).rejects.toEqual(problem('not-found'));
    expect(await rig.retention.expire()).toBe(0);
    const shown = await read(contract.recordings.retention, rig.operations.retention, { recordingId: id }, MANAGER);
    expect(shown).toMatchObject({
      purpose: 'call',
      keepUntil: '2020-01-01T00:00:00.200Z',
      holds: [
        { reason: 'a claim', placedBy: 'account_manager', releasedBy: 'account_manager', releaseReason: 'settled' },
        { reason: 'a claim', releasedAt: null },
      ],
    });
    await release(rig, id, second);
    expect(await rig.retention.expire()).toBe(1);
    expect((await rig.lines('recording.held')).length).toBe(2);
    expect((await rig.lines('recording.released')).length).toBe(2);
  });

  test('a file that cannot be deleted now is deleted by a later run', async () => {
    const rig = await make();
    const id = await rig.recorded({ at: new Date('2015-01-01T00:00:00.000Z') });
    const files = rig.archive.files as { delete: (key: string) => Promise<void> };
    const real = files.delete;
    files.delete = () => Promise.reject(new Error('read-only'));
    expect(await rig.retention.expire()).toBe(1);
    expect(rig.errors).toHaveLength(1);
    expect(await hasFile(rig, id)).toBe(true);
    files.delete = real;
    expect(await rig.retention.expire()).toBe(0);
    expect(await hasFile(rig, id)).toBe(false);
  });

  test('nothing is deleted before its time or under a hold, whatever the order of events', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('record' as const), order: fc.boolean(), virtual: fc.boolean() }),
      fc.record({ do: fc.constant('hold' as const), which: fc.nat(9) }),
      fc.record({ do: fc.constant('release' as const), which: fc.nat(9) }),
      fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constant('expire' as const) }),
    );
    const policy = { order: { days: 10 }, call: { days: 6 }, virtual: { days: 3 } } as const;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const rig = await make(policy);
        const known: { id: string; keepUntil: number; holds: string[] }[] = [];
        for (const each of steps) {
          const target = 'which' in each ? known[each.which % Math.max(1, known.length)] : undefined;
          if (each.do === 'record') {
            const id = await rig.recorded({ order: each.order, kind: each.virtual ? 'virtual' : 'desk' });
            const days = each.order ? 10 : each.virtual ? 3 : 6;
            known.push({ id, keepUntil: rig.now.getTime() + 200 + days * DAY, holds: [] });
          } else if (each.do === 'wait') rig.setNow(new Date(rig.now.getTime() + each.days * DAY));
          else if (each.do === 'expire') await rig.retention.expire();
          else if (each.do === 'hold' && target !== undefined) {
            const shown = await hold(rig, target.id).catch(() => undefined);
            const placed = shown?.holds.at(-1)?.id;
            if (placed !== undefined) target.holds.push(placed);
          } else if (target !== undefined) {
            const released = target.holds.pop();
            if (released !== undefined) await release(rig, target.id, released);
          }
          for (const { id, keepUntil, holds } of known)
            if (keepUntil > rig.now.getTime() || holds.length > 0) {
              const gone = (await rig.row(id)).state === 'expired';
              // What ended before its hold was refused one; so whoever has a hold has the file.
              expect({ id, gone, file: await hasFile(rig, id) }).toEqual({ id, gone: false, file: true });
            }
        }
        // And what may go does go.
        await rig.retention.expire();
        for (const { id, keepUntil, holds } of known)
          if (keepUntil <= rig.now.getTime() && holds.length === 0) expect(await hasFile(rig, id)).toBe(false);
      }),
      { numRuns: 12 },
    );
  }, 180_000);
});
