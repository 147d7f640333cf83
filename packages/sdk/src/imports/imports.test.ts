import { expect, test } from 'vitest';
import type { Import } from '../protocol/import.ts';
import { createImports } from './imports.ts';

const known = (changes: Partial<Import> = {}): Import => ({
  id: 'import_1',
  kind: 'devices',
  fileName: 'x.csv',
  state: 'checking',
  rows: 2,
  checked: 0,
  applied: 0,
  faults: [],
  faultCount: 0,
  preview: [],
  createdBy: 'account_1',
  createdAt: '2026-11-22T08:00:00.000Z',
  endedAt: null,
  ...changes,
});

function fakeClient() {
  const asked: [string, Record<string, unknown>][] = [];
  const answer =
    (name: string, changes: Partial<Import> = {}) =>
    async (input: object) => {
      asked.push([name, input as Record<string, unknown>]);
      return known(changes);
    };
  const imports = {
    upload: answer('upload'),
    append: answer('append'),
    get: answer('get', { checked: 1 }),
    confirm: answer('confirm', { state: 'applying' }),
    abort: answer('abort', { state: 'aborted' }),
  };
  return { asked, made: createImports({ imports } as never) };
}

test('a large file goes in parts, in order, and comes together as it was', async () => {
  const { asked, made } = fakeClient();
  const csv = Array.from({ length: 60_000 }, (_, i) => `${i},کد`).join('\n');
  await made.upload('devices', csv, 'x.csv');
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.map(([, { csv: part }]) => part).join('')).toBe(csv);
  expect(asked.map(([, { more }]) => more)).toEqual(asked.map((_, i) => i < asked.length - 1));
  expect(asked.slice(1).map(([name, { part }]) => [name, part])).toEqual(
    asked.slice(1).map((_, i) => ['append', i + 1]),
  );
  // A part in Persian letters and JSON around it stays far below what one request may hold.
  for (const [, input] of asked) expect(new TextEncoder().encode(JSON.stringify(input)).length).toBeLessThan(1_000_000);
});

test('what is followed is asked for once, then kept true until it is closed', async () => {
  const { made } = fakeClient();
  const followed = made.follow(known());
  expect(followed.state.get().checked).toBe(0);
  await expect.poll(() => followed.state.get().checked).toBe(1);
  made.handleImport(known({ id: 'import_2', state: 'applied' }));
  expect(followed.state.get().state).toBe('checking');
  await made.confirm('import_1');
  expect(followed.state.get().state).toBe('applying');
  followed.close();
  made.handleImport(known({ state: 'applied' }));
  expect(followed.state.get().state).toBe('applying');
});
