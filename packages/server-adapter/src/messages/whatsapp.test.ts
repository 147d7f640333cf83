import { expect, it } from 'vitest';
import { FakeTwilio } from '../connectors/sms/testing/fake-twilio.ts';
import { twilioSms } from '../connectors/sms/twilio.ts';
import { whatsAppCloud } from '../connectors/whatsapp/cloud-api.ts';
import { FakeWhatsApp } from '../connectors/whatsapp/testing/fake-whatsapp.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';
import { createMessages } from './create-messages.ts';
import { CALLBACK, MovingClock } from './testing/message-rig.ts';

async function stage(store: Store) {
  const clock = new MovingClock();
  const service = await new FakeWhatsApp().listen();
  const twilio = await new FakeTwilio().listen();
  const whatsapp = {
    driver: whatsAppCloud({
      phoneNumberId: service.phoneNumberId,
      accessToken: service.accessToken,
      appSecret: service.appSecret,
      verifyToken: service.verifyToken,
      baseUrl: service.url,
      templates: { 'field-missed-call': { name: 'callback', parameters: ['ordinal', 'project'] } },
      clock,
    }),
  };
  const sms = {
    driver: twilioSms({ accountSid: twilio.accountSid, authToken: twilio.authToken, baseUrl: twilio.url }),
    from: '+15005550006',
  };
  const desk = await createTestDesk(store, { sms, whatsapp });
  // The desk takes notices; what goes out, the test drains.
  await desk.adapter.stop();
  const messages = createMessages({ store, sms, whatsapp, clock });
  return {
    service,
    twilio,
    desk,
    messages,
    async send(key = 'callback:1', channels: readonly ('sms' | 'whatsapp')[] = ['whatsapp', 'sms']) {
      const { id } = await store.write((tx) => messages.send(tx, { ...CALLBACK, dedupeKey: key, channels }));
      await messages.drain();
      return id;
    },
    async later(ms: number) {
      clock.advance(ms);
      await messages.drain();
    },
    news: async ({ body, headers }: { body: string; headers: Record<string, string> }) =>
      desk.anyone('POST', '/messages/whatsapp', body, headers),
    row: (id: string) => store.db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    async end() {
      await service.close();
      await twilio.close();
    },
  };
}

describeStores('messages by WhatsApp', (makeStore) => {
  it('goes by the preferred channel; signed notices, twice and in any order, end in the same state', async () => {
    const { service, twilio, send, news, row, end } = await stage(await makeStore());
    const id = await send();
    expect(service.broken).toEqual([]);
    expect(await row(id)).toMatchObject({ channel: 'whatsapp', state: 'sent', driver: 'whatsapp' });
    const providerId = service.taken[0]?.providerId ?? '';
    for (const status of ['read', 'sent', 'delivered', 'sent', 'read'])
      expect((await news(service.notice({ providerId, status }))).status).toBe(200);
    expect(await row(id)).toMatchObject({ state: 'delivered', reason: null });
    expect(twilio.taken).toEqual([]);
    await end();
  });

  it('what is not signed, or was changed, is as if nothing were there; so is a challenge without the word', async () => {
    const { service, desk, send, news, row, end } = await stage(await makeStore());
    const id = await send();
    const good = service.notice({ providerId: service.taken[0]?.providerId ?? '', status: 'delivered' });
    const { 'x-hub-signature-256': signature = '', ...unsigned } = good.headers;
    expect((await news({ ...good, headers: unsigned })).code).toBe('not-found');
    expect((await news({ ...good, body: `${good.body} ` })).code).toBe('not-found');
    expect((await news({ ...good, headers: { ...unsigned, 'x-hub-signature-256': signature.slice(1) } })).code).toBe(
      'not-found',
    );
    expect((await row(id)).state).toBe('sent');
    const ask = (word: string) =>
      desk.anyone(
        'GET',
        `/messages/whatsapp?hub.mode=subscribe&hub.verify_token=${encodeURIComponent(word)}&hub.challenge=1158201444`,
      );
    const right = await ask(service.verifyToken);
    expect([right.status, right.text, right.headers.get('content-type')]).toEqual([
      200,
      '1158201444',
      'text/plain; charset=utf-8',
    ]);
    expect((await ask('guessed')).code).toBe('not-found');
    await end();
  });

  it('who turns out not to be reachable gets one SMS; what WhatsApp still says of it changes nothing', async () => {
    const { service, twilio, send, news, row, messages, end } = await stage(await makeStore());
    const id = await send();
    const providerId = service.taken[0]?.providerId ?? '';
    const failed = service.notice({ providerId, status: 'failed', code: 131026 });
    for (let i = 0; i < 3; i += 1) expect((await news(failed)).status).toBe(200);
    await messages.drain();
    expect(await row(id)).toMatchObject({ channel: 'sms', state: 'sent', driver: 'twilio', other_channels: '[]' });
    expect((await news(failed)).status).toBe(200);
    expect((await news(service.notice({ providerId, status: 'delivered' }))).status).toBe(200);
    await messages.drain();
    expect(await row(id)).toMatchObject({ channel: 'sms', state: 'sent' });
    expect(twilio.taken).toHaveLength(1);
    expect(service.taken).toHaveLength(1);
    // With no other channel allowed it fails.
    service.absent.add(CALLBACK.to.slice(1));
    expect(await row(await send('callback:2', ['whatsapp']))).toMatchObject({
      state: 'failed',
      reason: 'not-reachable',
    });
    expect(twilio.taken).toHaveLength(1);
    await end();
  });

  it('the answer is lost: it waits for the report that names it, and sends nothing again', async () => {
    const { service, twilio, send, news, later, row, end } = await stage(await makeStore());
    service.faults.push({ kind: 'lost-answer' });
    const settled = await send();
    await later(60_000);
    expect(await row(settled)).toMatchObject({ state: 'queued', in_doubt: 1 });
    const providerId = service.taken[0]?.providerId ?? '';
    expect((await news(service.notice({ providerId, status: 'sent' }))).status).toBe(200);
    expect(await row(settled)).toMatchObject({ state: 'sent', provider_id: providerId, in_doubt: 0 });
    // And where no report comes, it fails visibly: none is better than two.
    service.faults.push({ kind: 'lost-answer' });
    const silent = await send('callback:2');
    for (let i = 0; i < 3; i += 1) await later(900_000);
    expect(await row(silent)).toMatchObject({ state: 'failed', reason: 'uncertain' });
    expect(service.taken).toHaveLength(2);
    expect(twilio.taken).toEqual([]);
    await end();
  });

  it('who has written is answered in free words for a day, and who wrote is forgotten after it', async () => {
    const store = await makeStore();
    const { service, send, news, later, messages, end } = await stage(store);
    expect((await news(service.heard(CALLBACK.to.slice(1), new Date()))).status).toBe(200);
    await send();
    expect(service.taken[0]?.text).toMatch(/^Missed call 2 of project Polling/);
    // A window that is about to close is taken as closed.
    await later(23 * 3_600_000 + 56 * 60_000);
    service.open.clear();
    await send('callback:2');
    expect(service.taken[1]?.text).toBe('callback | en | 2 | Polling');
    expect(service.requests).toBe(2);
    await messages.followUp();
    await end();
  });
});
