import { afterEach, describe, expect, it, vi } from 'vitest';
import { createVirtualClock } from '../testing/index.ts';
import { bounded } from './deadline.ts';
import { createObservable } from './observable.ts';
import { DEFAULT_RECONNECT_POLICY } from './owner/backoff.ts';
import { createSerial } from './serial.ts';

describe('observing', () => {
  it('tells of changes only, selects parts, and forgets who left', () => {
    const value = createObservable({ a: 1, b: 1 });
    const all: unknown[] = [];
    const parts: number[] = [];
    const leave = value.subscribe((now) => all.push(now));
    value.select(
      (now) => now.a,
      (part) => parts.push(part),
    );
    value.set({ a: 1, b: 2 });
    value.set({ a: 2, b: 2 });
    leave();
    value.set({ a: 3, b: 2 });
    expect(all).toHaveLength(2);
    expect(parts).toEqual([1, 2, 3]);
  });

  it('a throwing listener never stops the others', async () => {
    vi.stubGlobal('queueMicrotask', () => {});
    const value = createObservable(1);
    const heard = vi.fn();
    value.subscribe(() => {
      throw new Error('mine');
    });
    value.subscribe(heard);
    value.set(2);
    vi.unstubAllGlobals();
    expect(heard).toHaveBeenCalledWith(2);
  });
});

describe('a deadline', () => {
  afterEach(() => vi.unstubAllGlobals());
  const what = { name: 'The test', deadlineMs: 100 };

  it('passes results and errors on, and leaves no timer behind', async () => {
    const clock = createVirtualClock();
    await expect(bounded(clock, {}, what, async () => 7)).resolves.toBe(7);
    await expect(bounded(clock, {}, what, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(clock.pending).toBe(0);
  });

  it('rejects in time, and by the signal of the caller, also one aborted before', async () => {
    const clock = createVirtualClock();
    const late = bounded(clock, {}, what, () => new Promise(() => {}));
    late.catch(() => {});
    await clock.advance(100);
    await expect(late).rejects.toMatchObject({ code: 'deadline' });
    const task = vi.fn(() => new Promise<never>(() => {}));
    await expect(bounded(clock, { signal: AbortSignal.abort() }, what, task)).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(task).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });
});

describe('helpers of the phone', () => {
  it('a serial runs one after another, also after a failure', async () => {
    const serial = createSerial();
    const order: string[] = [];
    const step = (name: string, fail = false) =>
      serial(async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (fail) throw new Error(name);
      });
    const outcomes = await Promise.allSettled([step('a'), step('b', true), step('c')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('pauses grow, stay bounded, and respect the wish of the server', () => {
    const policy = DEFAULT_RECONNECT_POLICY;
    for (let attempt = 1; attempt < 60; attempt += 1) {
      expect(policy.delayMs('reconnect', attempt, 0)).toBeLessThanOrEqual(30_000);
      expect(policy.delayMs('register', attempt, 60_000)).toBeGreaterThanOrEqual(60_000);
    }
    expect(policy.delayMs('reconnect', 1, 0)).toBeLessThanOrEqual(500);
    expect(policy.delayMs('reconnect', 10, 0)).toBeGreaterThanOrEqual(15_000);
  });
});
