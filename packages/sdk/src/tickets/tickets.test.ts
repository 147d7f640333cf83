import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Ticket, TicketEntry, TicketFilter } from '../protocol/ticket.ts';
import { createTickets } from './tickets.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const goal = (due: string | null) => ({ due, metAt: null, late: false });

const ticket = (index: number, changes: Partial<Ticket> = {}): Ticket => ({
  id: `ticket_${String(index).padStart(4, '0')}`,
  number: index,
  customer: { id: 'customer_1', name: 'Sara', username: '10001', kind: 'devices' },
  device: { id: 'device_1', brand: 'Zig', model: 'Z1', serial: 'S1' },
  title: 'No sound',
  description: 'None at all',
  priority: 'medium',
  state: 'open',
  closed: null,
  assignee: null,
  createdBy: { id: 'account_1', name: 'Sara' },
  callId: null,
  createdAt: '2026-11-22T10:00:00.000Z',
  updatedAt: '2026-11-22T10:00:00.000Z',
  firstAnswer: goal('2026-11-22T14:00:00.000Z'),
  resolution: goal('2026-11-24T14:00:00.000Z'),
  entries: 1,
  ...changes,
});
const entry = (index: number, text = `text ${index}`): TicketEntry => ({
  id: `entry_${String(index).padStart(4, '0')}`,
  ticketId: 'ticket_0001',
  at: '2026-11-22T10:00:00.000Z',
  by: { id: 'account_1', name: 'Sara' },
  kind: 'message',
  text,
  attachments: [],
});

/** An adapter that has these tickets, answers when it is told to, and gives two to a page. */
function stage(all: readonly Ticket[]) {
  const waiting: (() => void)[] = [];
  const asked: unknown[] = [];
  const held = <T>(value: () => T): Promise<T> => new Promise((resolve) => waiting.push(() => resolve(value())));
  const client = {
    tickets: {
      list: (input: { after?: string }) => {
        asked.push(input);
        const from = input.after === undefined ? 0 : Number(input.after);
        return held(() => ({
          tickets: all.slice(from, from + 2),
          next: from + 2 < all.length ? String(from + 2) : null,
        }));
      },
      count: () => Promise.resolve({ tickets: all.length }),
      get: () => held(() => ({ ticket: all[0], entries: [entry(3), entry(4)], more: true })),
      entries: () => held(() => ({ entries: [entry(1), entry(2)], more: false })),
    },
  } as unknown as Client;
  const feature = createTickets({ client, url: '/callweave/', now: () => NOW });
  const go = () => {
    for (const each of waiting.splice(0)) each();
  };
  const follow = (filter: TicketFilter = {}) => {
    const list = feature.follow(filter);
    const seen = () => {
      const state = list.state.get();
      return state.status === 'ready'
        ? [...state.value.tickets.map(({ number }) => number), `of ${state.value.total}`, state.value.more]
        : [state.status];
    };
    return { list, seen };
  };
  return { feature, go, asked, follow };
}

test('pages follow each other; what happened while one was on its way wins; what lies beyond comes with its page', async () => {
  const { feature, go, follow } = stage([5, 4, 3, 2, 1].map((index) => ticket(index)));
  const { list, seen } = follow();
  expect(seen()).toEqual(['loading']);
  feature.handleTicket({ ticket: ticket(6), entries: [] });
  go();
  await expect.poll(seen).toEqual([6, 5, 4, 'of 6', true]);
  feature.handleTicket({ ticket: ticket(2, { title: 'not loaded yet' }), entries: [] });
  expect(seen()).toEqual([6, 5, 4, 'of 6', true]);
  const both = Promise.all([list.more(), list.more()]);
  go();
  await both;
  expect(seen()).toEqual([6, 5, 4, 3, 2, 'of 6', true]);
  const last = list.more();
  go();
  await last;
  expect(seen()).toEqual([6, 5, 4, 3, 2, 1, 'of 6', false]);
  list.close();
  feature.handleTicket({ ticket: ticket(7), entries: [] });
  expect(seen()).toEqual([6, 5, 4, 3, 2, 1, 'of 6', false]);
});

test.each<[string, TicketFilter, Partial<Ticket>, Partial<Ticket>]>([
  ['state', { state: 'open' }, {}, { state: 'answered' }],
  ['closed', { closed: false }, {}, { closed: { at: '', by: { id: 'a', name: 'A' } } }],
  ['priority', { priority: 'high' }, { priority: 'high' }, { priority: 'low' }],
  ['nobody', { assigneeId: 'nobody' }, {}, { assignee: { id: 'a', name: 'A' } }],
  ['late', { late: true }, { firstAnswer: goal('2026-11-22T11:00:00.000Z') }, { firstAnswer: goal(null) }],
  ['device', { deviceId: 'device_1' }, {}, { device: { id: 'x', brand: '', model: '', serial: '' } }],
])('a list by %s takes what belongs to it and lets go what no longer does', async (_, filter, belongs, leaves) => {
  const { feature, go, follow } = stage([]);
  const { seen } = follow(filter);
  go();
  await expect.poll(seen).toEqual(['of 0', false]);
  feature.handleTicket({ ticket: ticket(1, leaves), entries: [] });
  expect(seen()).toEqual(['of 0', false]);
  feature.handleTicket({ ticket: ticket(1, belongs), entries: [] });
  expect(seen()).toEqual([1, 'of 1', false]);
  feature.handleTicket({ ticket: ticket(1, leaves), entries: [] });
  expect(seen()).toEqual(['of 0', false]);
});

test('what words find only the adapter knows: an event brings nothing new into such a list', async () => {
  const { feature, go, asked, follow } = stage([ticket(1)]);
  const { seen } = follow({ query: 'sound', closed: false });
  go();
  await expect.poll(seen).toEqual([1, 'of 1', false]);
  expect(asked[0]).toMatchObject({ query: 'sound', closed: 'false', limit: 200 });
  feature.handleTicket({ ticket: ticket(2), entries: [] });
  feature.handleTicket({ ticket: ticket(1, { priority: 'urgent' }), entries: [] });
  expect(seen()).toEqual([1, 'of 1', false]);
});

test('one ticket: entries are added, replaced and in order; an older state does not come back', async () => {
  const { feature, go } = stage([ticket(1)]);
  const one = feature.followOne('ticket_0001');
  feature.handleTicket({
    ticket: ticket(1, { updatedAt: '2026-11-22T10:05:00.000Z', entries: 5 }),
    entries: [entry(5)],
  });
  go();
  const view = () => {
    const state = one.state.get();
    return state.status === 'ready'
      ? [state.value.ticket.entries, ...state.value.entries.map((each) => ('text' in each ? each.text : ''))]
      : [state.status];
  };
  await expect.poll(view).toEqual([5, 'text 3', 'text 4', 'text 5']);
  // The scanner has looked at a file of an old entry that is not loaded, and of one that is.
  feature.handleTicket({ ticket: ticket(1), entries: [entry(1, 'old'), entry(4, 'scanned')] });
  expect(view()).toEqual([5, 'text 3', 'scanned', 'text 5']);
  feature.handleTicket({ ticket: { ...ticket(1), id: 'ticket_other' }, entries: [entry(9)] });
  const older = one.older();
  go();
  await older;
  expect(view()).toEqual([5, 'text 1', 'text 2', 'text 3', 'scanned', 'text 5']);
  feature.reset();
  expect(view()).toEqual(['loading']);
});

test('a file goes as it is, with its name and a key, and a refusal says why', async () => {
  const sent: { url: string; body: unknown; type: unknown }[] = [];
  const answers = [
    Response.json({ id: 'attachment_1', name: 'a b.png' }),
    Response.json({ error: { code: 'attachment-type', message: 'An EXE', fix: 'Send a picture.' } }, { status: 415 }),
    new Response('<html>', { status: 502 }),
  ];
  const { upload } = createTickets({
    client: {} as never,
    url: '/callweave',
    headers: () => ({ 'x-host': 'token' }),
    fetch: (async (url: string, init: RequestInit) => {
      sent.push({ url, body: init.body, type: init.headers });
      const next = answers.shift();
      if (next === undefined) throw new TypeError('no connection');
      return next;
    }) as typeof fetch,
  });
  const file = new File(['12345'], 'a b.png');
  const progress: number[] = [];
  const uploaded = await upload(file, { uploadId: 'draft_1', onProgress: (bytes) => progress.push(bytes) });
  expect(uploaded).toMatchObject({ id: 'attachment_1' });
  expect(progress).toEqual([0, 5]);
  expect(sent[0]).toEqual({
    url: '/callweave/ticket-attachments?uploadId=draft_1&name=a+b.png',
    body: file,
    type: { 'content-type': 'application/octet-stream', 'x-host': 'token' },
  });
  await expect(upload(file)).rejects.toMatchObject({ code: 'attachment-type', fix: 'Send a picture.', status: 415 });
  await expect(upload(file)).rejects.toMatchObject({ code: 'bad-answer', status: 502 });
  await expect(upload(file)).rejects.toMatchObject({ code: 'network' });
  await expect(upload(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
});
