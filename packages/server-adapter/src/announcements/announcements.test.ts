import { expect, it } from 'vitest';
import { FakeTwilio } from '../connectors/sms/testing/fake-twilio.ts';
import { twilioSms } from '../connectors/sms/twilio.ts';
import { whatsAppCloud } from '../connectors/whatsapp/cloud-api.ts';
import { FakeWhatsApp } from '../connectors/whatsapp/testing/fake-whatsapp.ts';
import { findChainBreak } from '../evidence/ledger.ts';
import { createMessages } from '../messages/index.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';
import { createAnnouncements } from './create-announcements.ts';
import { keepBuyers, keepDevice, NEWS, sourceOn } from './testing/announcement-rig.ts';

/** Half past nine in the evening in Tehran. */
const EVENING = '2026-11-22T18:00:00.000Z';
const MORNING = '2026-11-23T04:30:00.000Z';

async function stage(store: Store, clock: { now(): Date }) {
  const sms = await new FakeTwilio().listen();
  const whatsapp = await new FakeWhatsApp().listen();
  const messages = createMessages({
    store,
    clock,
    sms: {
      driver: twilioSms({ accountSid: sms.accountSid, authToken: sms.authToken, baseUrl: sms.url }),
      from: '+15005550006',
    },
    whatsapp: {
      driver: whatsAppCloud({
        phoneNumberId: whatsapp.phoneNumberId,
        accessToken: whatsapp.accessToken,
        appSecret: whatsapp.appSecret,
        verifyToken: whatsapp.verifyToken,
        baseUrl: whatsapp.url,
        templates: { announcement: { name: 'news', parameters: ['title'] } },
      }),
    },
  });
  const announcements = createAnnouncements({
    store,
    source: sourceOn('2026-11-22'),
    messages,
    timeZone: 'Asia/Tehran',
    onError: (error) => {
      throw error;
    },
    portion: 2,
  });
  const desk = await createTestDesk(store, { clock });
  // What is handed out, the test decides.
  await desk.adapter.stop();
  return {
    desk,
    messages,
    announcements,
    sms,
    whatsapp,
    manager: await desk.as('manager'),
    async end() {
      await sms.close();
      await whatsapp.close();
    },
  };
}

describeStores('announcements', (makeStore) => {
  it('reach those whom they are for, and nobody else; read, acknowledged, withdrawn', async () => {
    let second = 0;
    const clock = { now: () => new Date(Date.parse('2026-11-22T10:00:00.000Z') + second * 1000) };
    const store = await makeStore({ clock });
    const { desk, manager, announcements, end } = await stage(store, clock);
    const [a = '', b = '', c = '', d = ''] = await keepBuyers(store, 4);
    const typeId = await keepDevice(store, a, { model: 'Z1', installedOn: '2026-01-01', serviceEndsOn: '2027-01-01' });
    await keepDevice(store, b, { model: 'Z1', installedOn: '2025-01-01', serviceEndsOn: '2026-01-01' });
    await keepDevice(store, c, { model: 'Z2', installedOn: '2026-01-01', serviceEndsOn: '2027-01-01' });
    // Both halves fit, but no one device fits both.
    await keepDevice(store, b, { model: 'Z2', installedOn: '2026-01-01', serviceEndsOn: '2027-01-01' });
    const audiences = [
      [{ typeIds: [], models: [], serviceStates: [] }, [a, b, c, d]],
      [{ typeIds: [typeId], models: [], serviceStates: [] }, [a, b]],
      [{ typeIds: [], models: ['Z2'], serviceStates: [] }, [b, c]],
      [{ typeIds: [typeId], models: [], serviceStates: ['active'] }, [a]],
      [{ typeIds: [], models: ['Z3'], serviceStates: [] }, []],
    ] as const;
    for (const [audience, expected] of audiences) {
      second += 1;
      const { body } = await manager('POST', '/announcements', { ...NEWS, audience });
      const reach = await manager('GET', `/announcements/${body.id}/reach`);
      expect(reach.body).toEqual({ recipients: expected.length, sms: 0, whatsapp: 0, withoutMessage: expected.length });
      expect((await manager('POST', `/announcements/${body.id}/publish`, {})).body.state).toBe('published');
      await announcements.run();
      const { body: got } = await manager('GET', `/announcements/${body.id}/recipients`);
      expect(got.recipients.map(({ customerId }: { customerId: string }) => customerId)).toEqual(expected);
    }
    const buyer = await desk.asBuyer(c);
    const { body: list } = await buyer('GET', '/notifications');
    expect(list.notifications).toHaveLength(2);
    const [{ id }] = list.notifications;
    expect(list.notifications[0]).toMatchObject({ state: 'unread', mustAcknowledge: false, title: NEWS.title });
    expect((await buyer('POST', `/notifications/${id}/read`, {})).body.state).toBe('read');
    const other = await desk.asBuyer(d);
    expect((await other('POST', `/notifications/${id}/read`, {})).code).toBe('not-found');
    expect((await other('POST', `/notifications/${id}/acknowledge`, {})).code).toBe('not-found');
    const { body: all } = await manager('GET', '/announcements');
    const models = all.announcements.find(
      ({ audience }: { audience: { models: string[] } }) => audience.models[0] === 'Z2',
    );
    expect(models.figures).toMatchObject({ recipients: 2, unread: 1, read: 1, acknowledged: 0, withoutMessage: 2 });
    const withdrawn = await manager('POST', `/announcements/${models.id}/withdraw`, { reason: 'wrong version' });
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', withdrawnReason: 'wrong version' });
    expect((await buyer('GET', '/notifications')).body.notifications).toHaveLength(1);
    expect((await buyer('POST', `/notifications/${id}/read`, {})).code).toBe('not-found');
    expect((await manager('POST', `/announcements/${models.id}/publish`, {})).code).toBe('announcement-state');
    for (const role of ['agent', 'technician', 'supervisor', 'buyer'] as const)
      expect((await (await desk.as(role))('GET', '/announcements')).code).toBe('not-allowed');
    expect((await (await desk.as('buyer'))('GET', '/notifications')).code).toBe('not-found');
    await end();
  });

  it('a legal one stays until it is acknowledged, which stands in the chain with the digest of its text', async () => {
    const clock = { now: () => new Date('2026-11-22T10:00:00.000Z') };
    const store = await makeStore({ clock });
    const { desk, manager, announcements, messages, sms, end } = await stage(store, clock);
    const [a = ''] = await keepBuyers(store, 1, 'fa');
    for (const category of ['legal', 'software-update']) {
      const { body } = await manager('POST', '/announcements', { ...NEWS, category });
      await manager('POST', `/announcements/${body.id}/publish`, {});
    }
    await announcements.run();
    const buyer = await desk.asBuyer(a);
    const read = async () => (await buyer('GET', '/notifications')).body.notifications;
    const [legal] = await read();
    expect(legal).toMatchObject({ category: 'legal', mustAcknowledge: true });
    await buyer('POST', `/notifications/${legal.id}/read`, {});
    expect((await read())[0]).toMatchObject({ id: legal.id, state: 'read', mustAcknowledge: true });
    for (let i = 0; i < 2; i += 1) {
      const { body } = await buyer('POST', `/notifications/${legal.id}/acknowledge`, {});
      expect(body).toMatchObject({ state: 'acknowledged', mustAcknowledge: false });
    }
    const ledger = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute();
    expect(findChainBreak(ledger)).toBeUndefined();
    const lines = ledger.filter(({ action }) => action === 'notification.acknowledged');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.actor).toBe(buyer.accountId);
    expect(JSON.parse(lines[0]?.data ?? '{}')).toEqual({
      notificationId: legal.id,
      customerId: a,
      textSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // Without any consent, by SMS and in their language; the other one has none.
    await messages.drain();
    expect(sms.taken.map(({ text }) => text)).toEqual([expect.stringContaining('اطلاعیهٔ رسمی: نسخهٔ ۵ منتشر شد')]);
    await end();
  });

  it('waits for the morning, counts consents as they are then, and falls back to SMS where WhatsApp reaches nobody', async () => {
    let now = EVENING;
    const clock = { now: () => new Date(now) };
    const store = await makeStore({ clock });
    const { desk, manager, announcements, messages, sms, whatsapp, end } = await stage(store, clock);
    const ids = await keepBuyers(store, 4);
    const consent = async (index: number, channel: string, granted: boolean) => {
      const buyer = await desk.asBuyer(ids[index] ?? '');
      const { body } = await buyer('PUT', '/consents', { category: 'software-update', channel, granted });
      return body.consents.find(
        (one: { category: string; channel: string }) => one.category === 'software-update' && one.channel === channel,
      );
    };
    expect(await consent(0, 'sms', true)).toMatchObject({ granted: true, source: 'portal', at: EVENING });
    await consent(1, 'whatsapp', true);
    await consent(1, 'sms', true);
    await consent(2, 'whatsapp', true);
    await consent(2, 'sms', true);
    const numbers = await store.db.selectFrom('buyers').select(['customer_id', 'telephone']).execute();
    const numberOf = (index: number) => numbers.find(({ customer_id }) => customer_id === ids[index])?.telephone ?? '';
    whatsapp.absent.add(numberOf(2).slice(1));
    const { body } = await manager('POST', '/announcements', NEWS);
    const reach = (await manager('GET', `/announcements/${body.id}/reach`)).body;
    expect(reach).toEqual({ recipients: 4, sms: 1, whatsapp: 2, withoutMessage: 1 });
    await manager('POST', `/announcements/${body.id}/publish`, {});
    await announcements.run();
    await messages.drain();
    expect([...sms.taken, ...whatsapp.taken]).toEqual([]);
    const evening = (await manager('GET', `/announcements/${body.id}`)).body.figures;
    expect(evening).toMatchObject({ recipients: 4, waiting: 3, withoutMessage: 1 });
    const { recipients } = (await manager('GET', `/announcements/${body.id}/recipients?limit=1`)).body;
    expect(recipients[0]).toMatchObject({ customerId: ids[0], messageDueAt: MORNING, message: null });
    // The portal shows it at once.
    expect((await (await desk.asBuyer(ids[3] ?? ''))('GET', '/notifications')).body.notifications).toHaveLength(1);
    await consent(0, 'sms', false);
    now = MORNING;
    for (let i = 0; i < 2; i += 1) {
      await announcements.run();
      await messages.drain();
    }
    expect(whatsapp.taken.map(({ to, text }) => [to, text])).toEqual([
      [numberOf(1).slice(1), 'news | en | Version 5 is out'],
    ]);
    expect(sms.taken.map(({ to }) => to)).toEqual([numberOf(2)]);
    const after = (await manager('GET', `/announcements/${body.id}`)).body.figures;
    expect(after).toMatchObject({ waiting: 0, withoutMessage: 2, messages: { sent: 2, failed: 0, queued: 0 } });
    await end();
  });

  it('a scheduled one is published when its time has come; changing it makes it a draft again', async () => {
    let now = '2026-11-22T10:00:00.000Z';
    const clock = { now: () => new Date(now) };
    const store = await makeStore({ clock });
    const { desk, manager, announcements, end } = await stage(store, clock);
    const [a = ''] = await keepBuyers(store, 1);
    const { body } = await manager('POST', '/announcements', NEWS);
    const at = '2026-11-22T12:00:00.000Z';
    expect((await manager('POST', `/announcements/${body.id}/publish`, { at })).body).toMatchObject({
      state: 'scheduled',
      publishAt: at,
    });
    expect((await manager('DELETE', `/announcements/${body.id}`)).code).toBe('announcement-state');
    const changed = await manager('PATCH', `/announcements/${body.id}`, { category: 'service-terms' });
    expect(changed.body).toMatchObject({ state: 'draft', publishAt: null, category: 'service-terms' });
    await manager('POST', `/announcements/${body.id}/publish`, { at });
    await announcements.run();
    const buyer = await desk.asBuyer(a);
    expect((await buyer('GET', '/notifications')).body.notifications).toEqual([]);
    now = at;
    await announcements.run();
    expect((await buyer('GET', '/notifications')).body.notifications).toMatchObject([{ publishedAt: at }]);
    const draft = (await manager('POST', '/announcements', NEWS)).body;
    expect((await manager('DELETE', `/announcements/${draft.id}`)).status).toBe(200);
    expect((await manager('GET', `/announcements/${draft.id}`)).code).toBe('not-found');
    await end();
  });
});
