import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Announcement, Notification } from '../protocol/announcement.ts';
import { createAnnouncements } from './announcements.ts';
import { createNotifications } from './notifications.ts';

const words = { en: 'x', fa: 'x', cs: 'x' };
const notification = (id: string, changes: Partial<Notification> = {}): Notification => ({
  id,
  category: 'software-update',
  title: words,
  content: words,
  state: 'unread',
  mustAcknowledge: false,
  publishedAt: '2026-11-22T10:00:00.000Z',
  readAt: null,
  acknowledgedAt: null,
  ...changes,
});

test('what has to be acknowledged first, then the newest; what happens while they are loaded wins', async () => {
  let answer: (notifications: Notification[]) => void = () => {};
  const client = {
    notifications: {
      list: () => new Promise((resolve) => (answer = (notifications) => resolve({ notifications }))),
      acknowledge: async () => notification('b', { category: 'legal', state: 'acknowledged' }),
    },
  } as unknown as Client;
  const feature = createNotifications(client);
  const ids = () => {
    const state = feature.list.get();
    return state.status === 'ready' ? state.value.map(({ id, state }) => `${id} ${state}`) : state.status;
  };
  feature.open();
  feature.handleNotification(notification('c', { state: 'read' }));
  answer([notification('b', { category: 'legal', mustAcknowledge: true }), notification('c'), notification('a')]);
  await expect.poll(ids).toEqual(['b unread', 'c read', 'a unread']);
  await feature.acknowledge('b');
  expect(ids()).toEqual(['c read', 'b acknowledged', 'a unread']);
  feature.reset();
  expect(ids()).toBe('loading');
});

test('a draft that was dropped leaves the list, also when an older answer still has it', async () => {
  const drafts = ['a', 'b'].map((id) => ({ id }) as Announcement);
  const client = { announcements: { list: async () => ({ announcements: drafts }) } } as unknown as Client;
  const feature = createAnnouncements(client);
  const ids = () => {
    const state = feature.list.get();
    return state.status === 'ready' ? state.value.map(({ id }) => id) : state.status;
  };
  feature.open();
  await expect.poll(ids).toEqual(['b', 'a']);
  feature.handleRemoved('b');
  expect(ids()).toEqual(['a']);
  feature.reload();
  feature.handleAnnouncement({ id: 'c' } as Announcement);
  await expect.poll(ids).toEqual(['c', 'a']);
});
