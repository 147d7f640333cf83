import { afterEach, expect, test, vi } from 'vitest';
import { createDesk, type Desk } from './desk.ts';

let desk: Desk;
afterEach(() => desk.stop());

const json = (value: unknown) => Response.json(value);

/** An adapter that knows one person at a time, and who follows events from it. */
function fakeAdapter() {
  const follows: { readonly account: string; readonly signal: AbortSignal }[] = [];
  let account = 'acc_1';
  const session = () => ({ account: { id: account, roles: ['dealer'], device: { kind: 'number' } } });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname === '/callweave/session') {
      if (request.method === 'POST') account = 'acc_2';
      return json(session());
    }
    if (pathname !== '/callweave/events') return json({ orders: [] });
    follows.push({ account, signal: request.signal });
    const opening = new TextEncoder().encode('id: 7\n\n');
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(opening) }));
  };
  return { fetch, follows, open: () => follows.filter(({ signal }) => !signal.aborted).map(({ account }) => account) };
}

test('who signs in as someone else follows with a stream of the new account, and with no other', async () => {
  const adapter = fakeAdapter();
  desk = createDesk({ url: 'https://desk.example/callweave', fetch: adapter.fetch });
  await desk.start();
  await vi.waitFor(() => expect(desk.connection.get()).toBe('online'));
  await desk.session.signIn({ username: 'another', password: 'correct horse' });
  await vi.waitFor(() => expect(adapter.open()).toEqual(['acc_2']));
  expect(adapter.follows.map(({ account }) => account)).toEqual(['acc_1', 'acc_2']);
  await vi.waitFor(() => expect(desk.connection.get()).toBe('online'));
  await desk.stop();
  expect(adapter.open()).toEqual([]);
  expect(desk.connection.get()).toBe('idle');
});

test('where there are no tabs, a desk that would share has a stream of its own', async () => {
  const adapter = fakeAdapter();
  desk = createDesk({ url: 'https://desk.example/callweave', fetch: adapter.fetch, eventStream: 'shared' });
  const second = createDesk({ url: 'https://desk.example/callweave', fetch: adapter.fetch, eventStream: 'shared' });
  await desk.start();
  await second.start();
  await vi.waitFor(() => expect(adapter.open()).toEqual(['acc_1', 'acc_1']));
  await vi.waitFor(() => expect(second.connection.get()).toBe('online'));
  await second.stop();
  expect(adapter.open()).toEqual(['acc_1']);
});
