import { afterEach, expect, it, vi } from 'vitest';
import type { Client } from '../http/client.ts';
import { createWallboard } from './wallboard.ts';

afterEach(() => {
  vi.useRealTimers();
});

function stage() {
  let loads = 0;
  const client = {
    wallboard: {
      get: async () => {
        loads += 1;
        return { day: `day ${loads}` };
      },
    },
  } as unknown as Client;
  return { wallboard: createWallboard(client), loads: () => loads };
}

it('loads for whoever follows, anew when told to, and not when nobody looks', async () => {
  const { wallboard, loads } = stage();
  wallboard.reload();
  expect(loads()).toBe(0);
  const close = wallboard.open();
  const other = wallboard.open();
  await expect.poll(() => wallboard.state.get()).toMatchObject({ status: 'ready', value: { day: 'day 1' } });
  wallboard.reload();
  await expect.poll(() => wallboard.state.get()).toMatchObject({ value: { day: 'day 2' } });
  close();
  close();
  wallboard.reload();
  expect(loads()).toBe(3);
  other();
  wallboard.reload();
  expect(loads()).toBe(3);
});

it('loads by itself from time to time, since midnight is no event, and stops with the last who looks', () => {
  vi.useFakeTimers();
  const { wallboard, loads } = stage();
  const close = wallboard.open();
  expect(loads()).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(loads()).toBe(3);
  close();
  vi.advanceTimersByTime(120_000);
  expect(loads()).toBe(3);
});
