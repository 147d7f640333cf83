import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Message } from '../protocol/message.ts';
import { createMessages } from './messages.ts';

const message = (id: string, minute: number, changes: Partial<Message> = {}): Message => ({
  id,
  channel: 'sms',
  purpose: 'missed-call',
  template: 'missed-call',
  recipient: '+98912•••4567',
  locale: 'fa',
  state: 'sent',
  reason: null,
  attempts: 1,
  createdAt: `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`,
  sentAt: null,
  finishedAt: null,
  ...changes,
});

function stage(answer: () => Promise<Message[]>) {
  const client = {
    messages: { list: async () => ({ messages: await answer() }) },
  } as unknown as Client;
  const messages = createMessages(client);
  const shown = () => {
    const state = messages.latest.get();
    return state.status === 'ready' ? state.value.map((each) => `${each.id} ${each.state}`) : state.status;
  };
  return { messages, shown };
}

test('the newest first, each as the latest event says, and no more than a page can show', async () => {
  const { messages, shown } = stage(async () => [message('a', 1), message('b', 2)]);
  messages.open();
  await expect.poll(shown).toEqual(['b sent', 'a sent']);
  messages.handleMessage(message('a', 1, { state: 'delivered' }));
  messages.handleMessage(message('c', 3, { state: 'queued' }));
  expect(shown()).toEqual(['c queued', 'b sent', 'a delivered']);
  for (let i = 0; i < 600; i += 1) messages.handleMessage(message(`x${i}`, 10 + (i % 40)));
  expect(shown()).toHaveLength(500);
});

test('a load that fails shows so, and not over what is there already', async () => {
  let fails = true;
  const { messages, shown } = stage(() =>
    fails ? Promise.reject(new Error('away')) : Promise.resolve([message('a', 1)]),
  );
  messages.open();
  await expect.poll(shown).toBe('failed');
  fails = false;
  messages.reload();
  await expect.poll(shown).toEqual(['a sent']);
  fails = true;
  messages.reload();
  await new Promise((resolve) => setTimeout(resolve));
  expect(shown()).toEqual(['a sent']);
});
