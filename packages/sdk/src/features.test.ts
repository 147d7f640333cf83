import { afterEach, expect, test, vi } from 'vitest';
import { dealing } from './dealing/dealing.ts';
import { createDesk, type Desk } from './desk.ts';
import { faxes } from './faxes/faxes.ts';
import { fieldCalls } from './field-calls/field-calls.ts';
import { installations } from './installations/installations.ts';
import { messages } from './messages/messages.ts';
import { missedCalls } from './missed-calls/missed-calls.ts';
import { orders } from './orders/orders.ts';
import { presence } from './presence/presence.ts';
import type { Loadable, Readable } from './state/readable.ts';
import { supervision } from './supervision/supervision.ts';
import { virtualNumbers } from './virtual-numbers/virtual-numbers.ts';
import { voicemail } from './voicemail/voicemail.ts';
import { wallboard } from './wallboard/wallboard.ts';

let desk: Desk | undefined;
afterEach(() => desk?.stop());

/** An adapter whose answers to the first account are on their way until they are let go. */
function slowAdapter() {
  let account = 'acc_1';
  const held: (() => void)[] = [];
  const lists = (items: readonly unknown[]) => ({
    ...Object.fromEntries(
      'boxes calls cases orders faxes messages missedCalls presences projects numbers fieldCallers pairings supervisions escalations installations'
        .split(' ')
        .map((name) => [name, items]),
    ),
    reasons: [],
    rules: {},
    presence: { accountId: account },
  });
  const old = () => ({
    ...lists([{ id: 'old', name: 'old', state: 'open', instructions: [], startedAt: '' }]),
    of: 'old',
  });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname === '/callweave/session') {
      if (request.method === 'POST') account = 'acc_2';
      return Response.json({ account: { id: account, roles: ['supervisor'], device: { kind: 'number' } } });
    }
    if (pathname === '/callweave/events') {
      const opening = new TextEncoder().encode('id: 7\n\n');
      return new Response(new ReadableStream({ start: (controller) => controller.enqueue(opening) }));
    }
    if (account === 'acc_2') return Response.json(lists([]));
    await new Promise<void>((resolve) => held.push(resolve));
    return Response.json(old());
  };
  return { fetch, held };
}

const opened = <T extends { open(): () => void }>(feature: T): T => {
  feature.open();
  return feature;
};

/** What each feature shows once somebody follows it. */
const SHOWN: Record<string, (desk: Desk) => Readable<Loadable<unknown>>> = {
  'open calls': ({ calls }) => calls.open,
  orders: ({ use }) => use(orders).follow({ all: true }).state,
  'the dealing queue': ({ use }) => opened(use(dealing)).queue,
  faxes: ({ use }) => use(faxes).follow().state,
  'own installations': ({ use }) => opened(use(installations).own).state,
  installations: ({ use }) => use(installations).follow().state,
  messages: ({ use }) => opened(use(messages)).latest,
  'missed calls': ({ use }) => opened(use(missedCalls)).waiting,
  'the own presence': ({ use }) => use(presence).own,
  "everybody's presence": ({ use }) => opened(use(presence)).all,
  supervision: ({ use }) => opened(use(supervision)).present,
  'the wallboard': ({ use }) => opened(use(wallboard)).state,
  projects: ({ use }) => opened(use(virtualNumbers)).projects,
  'fictitious numbers': ({ use }) => opened(use(virtualNumbers)).numbers,
  'field callers': ({ use }) => opened(use(virtualNumbers)).fieldCallers,
  pairings: ({ use }) => opened(use(virtualNumbers)).pairings,
  'own numbers': ({ use }) => opened(use(fieldCalls)).numbers,
  'field calls': ({ use }) => opened(use(fieldCalls)).calls,
  'missed field calls': ({ use }) => opened(use(fieldCalls)).missed,
  'boxes of voice messages': ({ use }) => opened(use(voicemail)).boxes,
  'voice messages': ({ use }) => use(voicemail).follow().state,
};

/** Lets the answers go. Nothing tells that one came to nothing; it is read within a turn or two. */
async function answer(held: readonly (() => void)[]): Promise<void> {
  for (const go of held) go();
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}

async function begin(show: (desk: Desk) => Readable<Loadable<unknown>>) {
  const { fetch, held } = slowAdapter();
  const made = createDesk({ url: 'https://desk.example/callweave', fetch });
  desk = made;
  const shown = show(made);
  await made.start();
  await vi.waitFor(() => expect(made.connection.get()).toBe('online'));
  await vi.waitFor(() => expect(held.length).toBeGreaterThan(0));
  return { desk: made, shown, held };
}

test.each(Object.entries(SHOWN))('%s: what was asked for one account is not shown to the next', async (_, show) => {
  const { desk, shown, held } = await begin(show);
  await desk.session.signIn({ username: 'another', password: 'correct horse' });
  await vi.waitFor(() => expect(shown.get().status).toBe('ready'));
  const present = shown.get();
  await answer(held);
  expect(shown.get()).toBe(present);
});

test.each(Object.entries(SHOWN))('%s: what was asked for an account is not shown when it has gone', async (_, show) => {
  const { desk, shown, held } = await begin(show);
  await desk.stop();
  await answer(held);
  expect(shown.get().status).toBe('loading');
});

test.each(Object.entries(SHOWN))('%s: what is shown is what the adapter answered', async (_, show) => {
  const { shown, held } = await begin(show);
  await answer(held);
  expect(shown.get().status).toBe('ready');
});

test('while nobody is signed in, the wallboard is not asked for', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const { desk, held } = await begin(SHOWN['the wallboard'] as never);
    const asked = () => held.length;
    await answer(held);
    const before = asked();
    vi.advanceTimersByTime(30_000);
    await vi.waitFor(() => expect(asked()).toBe(before + 1));
    await desk.stop();
    vi.advanceTimersByTime(300_000);
    await answer(held);
    expect(asked()).toBe(before + 1);
  } finally {
    vi.useRealTimers();
  }
});
