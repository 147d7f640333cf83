import { afterEach, expect, test, vi } from 'vitest';
import { createDesk, type Desk } from './desk.ts';
import type { Feature } from './feature.ts';
import { orders } from './orders/orders.ts';
import { type Presences, presence } from './presence/presence.ts';
import { LOADING } from './state/readable.ts';

let desk: Desk;
afterEach(() => desk.stop());

const json = (value: unknown) => Response.json(value);

/** An adapter that knows one person at a time, and who follows events from it. */
function fakeAdapter(roles = ['dealer']) {
  const follows: { readonly account: string; readonly signal: AbortSignal }[] = [];
  const asked: string[] = [];
  let account = 'acc_1';
  const session = () => ({ account: { id: account, roles, device: { kind: 'number' } } });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname === '/callweave/session') {
      if (request.method === 'POST') account = 'acc_2';
      return json(session());
    }
    if (pathname === '/callweave/orders')
      return json({ orders: [{ id: `order of ${account}`, number: 1, instructions: [] }] });
    if (pathname !== '/callweave/events') {
      asked.push(pathname);
      return json({});
    }
    follows.push({ account, signal: request.signal });
    const opening = new TextEncoder().encode('id: 7\n\n');
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(opening) }));
  };
  return {
    fetch,
    follows,
    asked,
    open: () => follows.filter(({ signal }) => !signal.aborted).map(({ account }) => account),
  };
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

/** A feature that counts what the desk tells it. */
function counting() {
  const told: string[] = [];
  const feature: Feature<{ readonly told: readonly string[] }> = {
    name: 'counting',
    create({ keep, account }) {
      told.push('made');
      keep({ reload: () => told.push(`reload ${account()?.id}`), reset: () => told.push('reset') });
      return { told };
    },
  };
  return feature;
}

test('a feature is made once for a desk, when it is first used, and for each desk anew', () => {
  const feature = counting();
  const { fetch } = fakeAdapter();
  desk = createDesk({ url: 'https://desk.example/callweave', fetch });
  const first = desk.use(feature);
  expect(desk.use(feature)).toBe(first);
  expect(first.told).toEqual(['made']);
  const second = createDesk({ url: 'https://desk.example/callweave', fetch });
  expect(second.use(feature)).not.toBe(first);
  expect(first.told).toEqual(['made', 'made']);
});

test('a feature uses another of the same desk', () => {
  desk = createDesk({ url: '/callweave', fetch: fakeAdapter().fetch });
  const inner = counting();
  const outer: Feature<unknown> = { name: 'outer', create: ({ use }) => use(inner) };
  expect(desk.use(outer)).toBe(desk.use(inner));
});

test('what a feature shows is loaded when events are followed, and forgotten with the account', async () => {
  const adapter = fakeAdapter();
  desk = createDesk({ url: 'https://desk.example/callweave', fetch: adapter.fetch });
  const { told } = desk.use(counting());
  await desk.start();
  await vi.waitFor(() => expect(told).toEqual(['made', 'reload acc_1']));
  await desk.session.signIn({ username: 'another', password: 'correct horse' });
  await vi.waitFor(() => expect(told).toEqual(['made', 'reload acc_1', 'reset', 'reload acc_2']));
  await desk.stop();
  expect(told.at(-1)).toBe('reset');
  await desk.start();
  await vi.waitFor(() => expect(told.slice(4)).toEqual(['reset', 'reload acc_2']));
});

test('a feature that is first used in the middle of it all loads at once', async () => {
  const adapter = fakeAdapter(['agent']);
  desk = createDesk({ url: 'https://desk.example/callweave', fetch: adapter.fetch });
  const before = desk.use(counting());
  await desk.start();
  await vi.waitFor(() => expect(before.told).toContain('reload acc_1'));
  expect(adapter.asked).not.toContain('/callweave/presence/own');
  expect(desk.use(counting()).told).toEqual(['made', 'reload acc_1']);
  const { own } = desk.use(presence);
  await vi.waitFor(() => expect(own.get().status).toBe('ready'));
  expect(adapter.asked).toContain('/callweave/presence/own');
});

test('of what one account saw, the next sees nothing', async () => {
  const adapter = fakeAdapter();
  desk = createDesk({ url: 'https://desk.example/callweave', fetch: adapter.fetch });
  await desk.start();
  const seen: string[] = [];
  const { state } = desk.use(orders).follow({ all: true });
  const ids = () => {
    const present = state.get();
    return present.status === 'ready' ? present.value.map(({ id }) => id).join() : present.status;
  };
  state.subscribe(() => seen.push(ids()));
  await vi.waitFor(() => expect(ids()).toBe('order of acc_1'));
  await desk.session.signIn({ username: 'another', password: 'correct horse' });
  expect(state.get()).toBe(LOADING);
  await vi.waitFor(() => expect(ids()).toBe('order of acc_2'));
  expect(seen.slice(seen.lastIndexOf('loading') + 1)).not.toContain('order of acc_1');
  await desk.stop();
  expect(state.get()).toBe(LOADING);
});

test('a desk has what every page needs, and every feature by use alone', () => {
  desk = createDesk({ url: '/callweave', fetch: fakeAdapter().fetch });
  const core = ['calls', 'connection', 'events', 'phone', 'session', 'start', 'stop', 'use'] as const;
  expect(Object.keys(desk).sort()).toEqual(core);
  // Held by the compiler: it says what a feature can do, and that there is no other property.
  const all: readonly (keyof Desk)[] = core;
  const named: (typeof core)[number] = all[0] as keyof Desk;
  const own: Presences = desk.use(presence);
  // @ts-expect-error a list of orders is not somebody's presence
  const other: Presences = desk.use(orders);
  // @ts-expect-error what a desk uses is a feature, not its name
  const byName = () => desk.use('orders');
  expect([named, own, other, byName]).toHaveLength(4);
});
