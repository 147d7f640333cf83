import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import { describeStores } from '../store/testing.ts';
import { createRecordingsRig } from './testing/recordings-rig.ts';

const DAY = 86_400_000;
const POLICY = { order: { days: 10 }, call: { days: 10 }, virtual: { days: 10 } } as const;

describeStores('a clock that jumps, and what it would delete', (makeStore) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-retention-clock-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A desk that has run for a while, with a recording of each of the last days, on the clock of the test. */
  async function house() {
    const start = new Date('2026-11-22T10:00:00.000Z').getTime();
    let at = start;
    const store = await makeStore({ clock: { now: () => new Date(at) } });
    const rig = createRecordingsRig(store, fileRecordings(await mkdtemp(join(folder, 'store-'))), POLICY, true);
    const setClock = (ms: number) => {
      at = ms;
      rig.setNow(new Date(ms));
    };
    setClock(start);
    const made: string[] = [];
    for (let day = 0; day < 8; day += 1) made.push(await rig.recorded({ at: new Date(start - day * DAY) }));
    const left = async () => {
      let count = 0;
      for (const id of made) if ((await rig.row(id)).state === 'stored') count += 1;
      return count;
    };
    return { rig, start, setClock, left };
  }

  test('years ahead: nothing is deleted in that run, it is said, and setting it right leaves everything as it was', async () => {
    const { rig, start, setClock, left } = await house();
    expect(await rig.retention.expire()).toBe(0);
    setClock(start + 6 * 365 * DAY);
    expect(await rig.retention.expire()).toBe(0);
    expect(await left()).toBe(8);
    expect(rig.errors).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/2032.*2189 days more.*set it right/s) }),
    ]);
    // Work goes on with the wrong clock: that makes it no more believable.
    await rig.recorded();
    expect(await rig.retention.expire()).toBe(0);
    setClock(start + 6 * 3_600_000);
    expect(await rig.retention.expire()).toBe(0);
    expect(await left()).toBe(8);
    expect(rig.errors).toHaveLength(2);
  });

  test('also on the first run there ever was', async () => {
    const { rig, start, setClock, left } = await house();
    setClock(start + 6 * 365 * DAY);
    expect(await rig.retention.expire()).toBe(0);
    expect(await left()).toBe(8);
    expect(rig.errors).toHaveLength(1);
  });

  test('a day either way changes nothing but by that day', async () => {
    const { rig, start, setClock, left } = await house();
    await rig.retention.expire();
    setClock(start + DAY);
    expect(await rig.retention.expire()).toBe(0);
    setClock(start - DAY);
    expect(await rig.retention.expire()).toBe(0);
    setClock(start);
    expect(await rig.retention.expire()).toBe(0);
    expect(await left()).toBe(8);
    expect(rig.errors).toEqual([]);
  });

  test('from day to day it deletes what is over, and after a month switched off it catches up by itself', async () => {
    const { rig, start, setClock, left } = await house();
    for (let day = 0; day <= 5; day += 1) {
      setClock(start + day * DAY);
      await rig.retention.expire();
    }
    // Of seven, six and five days before are over on the fifth day, a moment after the hour of the run or before.
    expect(await left()).toBeLessThanOrEqual(6);
    expect(await left()).toBeGreaterThanOrEqual(5);
    expect(rig.errors).toEqual([]);
    setClock(start + 35 * DAY);
    const before = await left();
    await rig.retention.expire();
    expect(before - (await left())).toBeLessThanOrEqual(1);
    for (let run = 0; run < 40; run += 1) await rig.retention.expire();
    expect(await left()).toBe(0);
    const told = rig.errors.length;
    expect(told).toBeGreaterThan(20);
    await rig.retention.expire();
    expect(rig.errors).toHaveLength(told);
  });
});
