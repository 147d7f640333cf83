import { expect, test } from 'vitest';
import { CallweaveError } from '../errors/callweave-error.ts';
import type { Client } from '../http/client.ts';
import type { Call } from '../protocol/call.ts';
import type { VoicemailBox, VoicemailGreeting, VoicemailMessage } from '../protocol/voicemail.ts';
import { createVoicemail } from './voicemail.ts';

const message = (id: string, changes: Partial<VoicemailMessage> = {}): VoicemailMessage => ({
  id,
  boxId: 'desk',
  callId: null,
  state: 'stored',
  from: '+989121234567',
  to: '+982181021377',
  customer: null,
  candidates: [],
  startedAt: '2026-11-22T10:00:00.000Z',
  durationMs: 12_000,
  heardAt: null,
  heardBy: null,
  note: '',
  sha256: null,
  deletedAt: null,
  binnedUntil: null,
  ...changes,
});
const greeting = (changes: Partial<VoicemailGreeting> = {}): VoicemailGreeting => ({
  boxId: 'desk',
  kind: 'default',
  durationMs: null,
  recordedAt: null,
  recordedBy: null,
  beingRecorded: false,
  ...changes,
});
const box = (changes: Partial<VoicemailBox> = {}): VoicemailBox => ({
  id: 'desk',
  kind: 'queue',
  names: { en: 'Desk', fa: 'میز', cs: 'Přepážka' },
  unheard: 0,
  greeting: greeting(),
  mayGreet: true,
  ...changes,
});

function stage(present: VoicemailMessage[] = []) {
  const asked: unknown[] = [];
  const dialled: unknown[] = [];
  const answered: string[] = [];
  const server = { boxes: [box({ unheard: 1 }), box({ id: 'me', unheard: 2 })] };
  const client = {
    voicemail: {
      boxes: async () => server,
      list: async (input: unknown) => {
        asked.push(input);
        return { messages: present, unheard: 0, more: false };
      },
      delete: async ({ messageId }: { messageId: string }) =>
        message(messageId, { deletedAt: '2026-11-22T11:00:00.000Z', binnedUntil: '2026-12-22T11:00:00.000Z' }),
      restore: async ({ messageId }: { messageId: string }) => message(messageId),
      recordGreeting: async () => ({ callId: 'greeting_1' }),
      resetGreeting: async () => greeting(),
    },
  } as unknown as Client;
  const voicemail = createVoicemail({
    client,
    url: '/callweave/',
    dial: async (input) => {
      dialled.push(input);
      return {} as Call;
    },
    answer: (callId) => answered.push(callId),
  });
  const ids = (followed: ReturnType<typeof voicemail.follow>) => {
    const state = followed.state.get();
    return state.status === 'ready' ? state.value.map(({ id }) => id) : state.status;
  };
  return { voicemail, ids, asked, dialled, answered, server };
}

test('the badge counts what is new in all boxes, and follows', async () => {
  const { voicemail, server } = stage();
  expect(voicemail.unheard.get()).toBe(0);
  const close = voicemail.open();
  await expect.poll(() => voicemail.unheard.get()).toBe(3);
  server.boxes = [box({ unheard: 5 })];
  voicemail.handleMessage(message('vm_9'));
  await expect.poll(() => voicemail.unheard.get()).toBe(5);
  voicemail.reset();
  expect([voicemail.unheard.get(), voicemail.boxes.get().status]).toEqual([0, 'loading']);
  close();
});

test('what is followed is kept true by events, newest first, for one box or all', async () => {
  const { voicemail, ids } = stage([message('vm_1'), message('vm_2')]);
  const all = voicemail.follow();
  const mine = voicemail.follow({ boxId: 'me' });
  await expect.poll(() => [ids(all), ids(mine)]).toEqual([['vm_2', 'vm_1'], []]);
  voicemail.handleMessage(message('vm_3', { boxId: 'me' }));
  expect([ids(all), ids(mine)]).toEqual([['vm_3', 'vm_2', 'vm_1'], ['vm_3']]);
  all.close();
  voicemail.handleMessage(message('vm_4'));
  expect(ids(all)).toEqual(['vm_3', 'vm_2', 'vm_1']);
});

test('deleting moves to the bin and restoring takes back, before any event comes', async () => {
  const { voicemail, ids, asked } = stage();
  const list = voicemail.follow();
  const bin = voicemail.follow({ deleted: true });
  await expect.poll(() => ids(bin)).toEqual([]);
  expect(asked).toEqual([{ limit: 200 }, { limit: 200, deleted: 'true' }]);
  voicemail.handleMessage(message('vm_1'));
  await voicemail.delete('vm_1');
  expect([ids(list), ids(bin)]).toEqual([[], ['vm_1']]);
  await voicemail.restore('vm_1');
  expect([ids(list), ids(bin)]).toEqual([['vm_1'], []]);
});

test('a call back shows the number that they had called', async () => {
  const { voicemail, dialled } = stage();
  const customer = { id: 'customer_1', name: 'Sara', username: '10001', kind: 'both' } as const;
  await voicemail.callBack(message('vm_1', { customer }));
  await voicemail.callBack(message('vm_2'));
  expect(dialled).toEqual([
    { to: '+989121234567', callerId: '+982181021377', customerId: 'customer_1' },
    { to: '+989121234567', callerId: '+982181021377' },
  ]);
});

test('a number that the house does not show gives way to the usual one', async () => {
  const dialled: unknown[] = [];
  const voicemail = createVoicemail({
    client: {} as Client,
    url: '',
    answer: () => {},
    dial: async (input) => {
      dialled.push(input);
      if (input.callerId !== undefined) throw new CallweaveError('caller-id-not-ours', 'no');
      return {} as Call;
    },
  });
  await voicemail.callBack(message('vm_1'));
  expect(dialled).toEqual([{ to: '+989121234567', callerId: '+982181021377' }, { to: '+989121234567' }]);
});

test('the phone that rings for a greeting is answered by the page that asked; its news reach the box', async () => {
  const { voicemail, answered } = stage();
  const close = voicemail.open();
  await expect.poll(() => voicemail.boxes.get().status).toBe('ready');
  await voicemail.recordGreeting('desk');
  expect(answered).toEqual(['greeting_1']);
  const shown = () => {
    const state = voicemail.boxes.get();
    return state.status === 'ready' ? state.value[0]?.greeting : undefined;
  };
  voicemail.handleGreeting(greeting({ kind: 'own', recordedAt: '2026-11-22T10:00:00.000Z' }));
  expect(shown()?.kind).toBe('own');
  await voicemail.resetGreeting('desk');
  expect(shown()?.kind).toBe('default');
  close();
});

test('sounds have addresses below the desk', () => {
  const { voicemail } = stage();
  expect(voicemail.audioUrl('a/b')).toBe('/callweave/voicemail/messages/a%2Fb/audio');
  expect(voicemail.greetingUrl(greeting({ recordedAt: '1970-01-01T00:00:00.007Z' }))).toBe(
    '/callweave/voicemail/boxes/desk/greeting/audio#7',
  );
});
