import { describe, expect, it } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Presence } from '../protocol/presence.ts';
import { createPresences } from './presence.ts';

const mina: Presence = {
  accountId: 'mina',
  name: 'Mina',
  state: 'ready',
  since: '2026-11-22T09:00:00.000Z',
  reason: null,
  ready: true,
  doNotDisturb: false,
  declaredAt: null,
  declaredBy: null,
  phone: 'registered',
  callId: null,
  wrapUp: null,
};
const hamid: Presence = { ...mina, accountId: 'hamid', name: 'Hamid' };
const reasons = [{ id: 'lunch', names: { en: 'Lunch', fa: 'ناهار', cs: 'Oběd' } }];

function clientWith(operations: Partial<Record<keyof Client['presence'], unknown>>): Client {
  return { presence: operations } as unknown as Client;
}

describe('presences', () => {
  it('loads one’s own with the reasons, and follows it; what others do is theirs', async () => {
    const presences = createPresences(clientWith({ own: async () => ({ presence: mina, reasons }) }));
    await presences.load(true);
    expect(presences.own.get()).toEqual({ status: 'ready', value: { presence: mina, reasons } });
    presences.handlePresence({ ...mina, state: 'busy' }, 'mina');
    presences.handlePresence({ ...hamid, state: 'wrap-up' }, 'mina');
    expect(presences.own.get()).toMatchObject({ value: { presence: { accountId: 'mina', state: 'busy' } } });
  });

  it('does not ask for those who take no calls, and says what went wrong otherwise', async () => {
    const error = new Error('no');
    const presences = createPresences(clientWith({ own: async () => Promise.reject(error) }));
    await presences.load(false);
    expect(presences.own.get()).toEqual({ status: 'loading' });
    await presences.load(true);
    expect(presences.own.get()).toEqual({ status: 'failed', error });
  });

  it('follows everybody by name from the first who opens it, and loads anew after a gap', async () => {
    let loads = 0;
    const presences = createPresences(
      clientWith({
        own: async () => ({ presence: mina, reasons }),
        list: async () => {
          loads += 1;
          return { presences: [hamid], reasons };
        },
      }),
    );
    await presences.load(true);
    expect(loads).toBe(0);
    const close = presences.open();
    presences.open();
    await expect.poll(() => presences.all.get().status).toBe('ready');
    expect(loads).toBe(1);
    presences.handlePresence(mina, undefined);
    presences.handlePresence({ ...hamid, state: 'offline' }, undefined);
    expect(presences.all.get()).toMatchObject({
      value: [
        { name: 'Hamid', state: 'offline' },
        { name: 'Mina', state: 'ready' },
      ],
    });
    await presences.load(true);
    expect(loads).toBe(2);
    close();
    close();
    await presences.load(true);
    expect(loads).toBe(3);
  });

  it('shows at once what a command answered', async () => {
    const presences = createPresences(
      clientWith({
        own: async () => ({ presence: mina, reasons }),
        list: async () => ({ presences: [mina, hamid], reasons }),
        setOwn: async () => ({ ...mina, state: 'not-ready', ready: false, reason: 'lunch' }),
        set: async () => ({ ...hamid, state: 'not-ready', ready: false, reason: 'lunch' }),
        extendWrapUp: async () => ({ ...mina, state: 'wrap-up', wrapUp: { until: null, extendable: false } }),
      }),
    );
    presences.open();
    await presences.load(true);
    await presences.setOwn({ ready: false, reason: 'lunch' });
    expect(presences.own.get()).toMatchObject({ value: { presence: { state: 'not-ready' }, reasons } });
    await presences.set({ accountId: 'hamid', ready: false, reason: 'lunch' });
    expect(presences.all.get()).toMatchObject({ value: [{ name: 'Hamid', state: 'not-ready' }, { name: 'Mina' }] });
    await presences.extendWrapUp();
    expect(presences.own.get()).toMatchObject({ value: { presence: { state: 'wrap-up' } } });
  });
});
