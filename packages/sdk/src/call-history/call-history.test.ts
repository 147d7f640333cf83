import { describe, expect, it } from 'vitest';
import type { Client } from '../http/client.ts';
import { createCallHistory } from './call-history.ts';

function stage(answer: () => Response) {
  const asked: { url: string; headers: unknown }[] = [];
  const given: unknown[] = [];
  const client = {
    callHistory: {
      search: async (input: unknown) => {
        given.push(input);
        return { calls: [], next: null };
      },
      count: async () => ({ calls: 7 }),
    },
  } as unknown as Client;
  const history = createCallHistory({
    client,
    url: '/callweave/',
    headers: () => ({ 'x-host': 'token' }),
    fetch: (async (url: string, init: RequestInit) => {
      asked.push({ url, headers: init.headers });
      return answer();
    }) as typeof fetch,
  });
  return { history, asked, given };
}

const table = (parts: readonly string[], rows: number) => () =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    }),
    { headers: { 'callweave-rows': String(rows) } },
  );

describe('call history', () => {
  it('asks for the page after another', async () => {
    const { history, given } = stage(() => new Response());
    await history.search({ number: '0912' }, null);
    await history.search({ number: '0912' }, '2026~call_1', 10);
    expect(given).toEqual([
      { number: '0912', limit: 50 },
      { number: '0912', limit: 10, after: '2026~call_1' },
    ]);
    expect(await history.count({})).toBe(7);
  });

  it('fetches the table, and says how far it is', async () => {
    const { history, asked } = stage(table(['\ufeffid\r\na', '\r\nb\r\n', 'c\r\n'], 3));
    const progress: [number, number][] = [];
    const blob = await history.export(
      { tag: 'vip', from: '2026-11-01' },
      { forExcel: true, onProgress: (rows, of) => progress.push([rows, of]) },
    );
    expect(asked).toEqual([
      { url: '/callweave/call-history/export?tag=vip&from=2026-11-01&bom=1', headers: { 'x-host': 'token' } },
    ]);
    expect([...new Uint8Array(await blob.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    expect(progress).toEqual([
      [0, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('passes on why it was refused', async () => {
    const body = { error: { code: 'invalid-input', message: 'too short' } };
    const { history } = stage(() => Response.json(body, { status: 400 }));
    await expect(history.export({ number: '12' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'too short',
    });
    const other = stage(() => new Response('<html>', { status: 502 }));
    await expect(other.history.export({})).rejects.toMatchObject({ code: 'bad-answer' });
  });
});
