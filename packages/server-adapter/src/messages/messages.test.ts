import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SmsDriver } from '../connectors/sms/sms-driver.ts';
import type { FakeSmsService } from '../connectors/sms/testing/fake-sms-service.ts';
import { findChainBreak } from '../evidence/ledger.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { CALLBACK, messagesOver, startService } from './testing/message-rig.ts';

const published = async (store: Store) =>
  (await store.db.selectFrom('events').selectAll().where('type', '=', 'message').orderBy('seq').execute()).map(
    ({ data, audience }) => ({ data: JSON.parse(data), audience: JSON.parse(audience) as string[] }),
  );

describeStores('text messages', (makeStore) => {
  describe.each(['kavenegar', 'twilio'] as const)('by %s', (name) => {
    let store: Store;
    let service: FakeSmsService;
    let driver: SmsDriver;
    let hasty: SmsDriver;
    const states = async () => (await published(store)).map(({ data }) => data.state);

    beforeEach(async () => {
      ({ service, driver, hasty } = await startService(name));
      store = await makeStore();
    });
    afterEach(() => service.close());

    it('goes from queued over sent to delivered, each state told to those who watch', async () => {
      const { send, messages, row, clock } = messagesOver(store, driver);
      const { id, isNew } = await send();
      expect(isNew).toBe(true);
      expect((await row()).state).toBe('queued');
      await messages.drain();
      expect(service.broken).toEqual([]);
      expect(service.taken).toHaveLength(1);
      expect(service.taken[0]?.text).toBe(
        'Missed call 2 of project Polling. To call back, ring the exchange and key 2.',
      );
      expect(await row()).toMatchObject({ id, state: 'sent', in_doubt: 0, attempts: 1 });
      service.setStatus(service.taken[0]?.providerId ?? '', 'delivered');
      await messages.followUp();
      expect((await row()).state).toBe('sent');
      clock.advance(31_000);
      await messages.followUp();
      expect(await row()).toMatchObject({ state: 'delivered', reason: null, template_values: '{}', poll_at: null });
      const events = await published(store);
      expect(events.map(({ data }) => data.state)).toEqual(['queued', 'sent', 'delivered']);
      for (const { data, audience } of events) {
        expect(audience).toEqual(['role:supervisor', 'role:manager']);
        expect(data.recipient).toBe('+98912•••4567');
        expect(JSON.stringify(data)).not.toContain('1234567');
      }
      const ledger = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute();
      expect(findChainBreak(ledger)).toBeUndefined();
      expect(ledger.map(({ action }) => action)).toEqual(['message.queued', 'message.sent', 'message.delivered']);
      expect(JSON.stringify(ledger)).not.toContain('1234567');
    });

    it('asked a hundred times at once for one reason, it goes out once', async () => {
      const { send, messages } = messagesOver(store, driver);
      const answers = await Promise.all(Array.from({ length: 100 }, () => send()));
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
      await Promise.all([messages.drain(), messages.drain()]);
      expect((await send()).isNew).toBe(false);
      await messages.drain();
      expect(service.taken).toHaveLength(1);
    });

    it('a write that is taken back sends nothing', async () => {
      const { messages } = messagesOver(store, driver);
      const broken = store.write(async (tx) => {
        await messages.send(tx, CALLBACK);
        throw new Error('taken back');
      });
      await expect(broken).rejects.toThrow('taken back');
      await messages.drain();
      expect(service.requests).toBe(0);
      expect(await published(store)).toEqual([]);
    });

    it.each([
      ['500', [{ kind: 'answer', status: 500 }]],
      ['503 and 429', [{ kind: 'answer', status: 503 }, undefined, { kind: 'answer', status: 429 }]],
      ['silence', [{ kind: 'silence' }]],
      ['taken, and no answer', [{ kind: 'silence-after' }]],
      ['taken, and the answer is lost', [{ kind: 'lost-answer' }]],
      ['taken, and the answer cannot be read', [{ kind: 'garbled', status: 200, body: '<html>' }]],
      ['taken, answer lost, and then it cannot be asked', [{ kind: 'lost-answer' }, { kind: 'answer', status: 500 }]],
    ] as const)('%s: tried again, and one message on the telephone', async (_, faults) => {
      for (const fault of faults) if (fault !== undefined) service.faults.push(fault);
      const silent = faults.some((fault) => fault?.kind.startsWith('silence'));
      const { send, messages, later, row } = messagesOver(store, silent ? hasty : driver);
      await send();
      await messages.drain();
      expect((await row()).state).toBe('queued');
      for (let i = 0; i < 4; i += 1) await later();
      expect(service.taken).toHaveLength(1);
      expect(await row()).toMatchObject({ state: 'sent', provider_id: service.taken[0]?.providerId });
      expect(await states()).toEqual(['queued', 'sent']);
    });

    it('what is refused for good fails, with its reason, and is not tried again', async () => {
      const { send, messages, later, row } = messagesOver(store, driver);
      // Too long for both of them.
      await send({ values: { ordinal: 1, project: 'x'.repeat(1_700) } });
      await messages.drain();
      expect(await row()).toMatchObject({ state: 'failed', reason: 'bad-length', attempts: 1 });
      const { requests } = service;
      await later();
      expect(service.requests).toBe(requests);
      expect(service.taken).toEqual([]);
    });

    it('what could not be sent in time expires, and does not come hours late', async () => {
      const { send, messages, later, row } = messagesOver(store, driver, { sendWithinHours: 2 });
      service.faults.push({ kind: 'answer', status: 429, headers: { 'retry-after': '3600' } });
      await send();
      await messages.drain();
      expect(await row()).toMatchObject({ state: 'queued', reason: 'too-many-requests' });
      await later(3 * 3_600_000);
      expect(await row()).toMatchObject({ state: 'expired', reason: 'too-late' });
      expect(service.taken).toEqual([]);
    });

    it('was taken shortly before its time ran out: it is found, not called expired', async () => {
      const { send, messages, later, row } = messagesOver(store, driver, { sendWithinHours: 2 });
      service.faults.push({ kind: 'lost-answer' });
      await send();
      await messages.drain();
      await later(3 * 3_600_000);
      expect((await row()).state).toBe('sent');
      expect(service.taken).toHaveLength(1);
    });

    it('a month later it is forgotten whom it went to', async () => {
      const { send, messages, row, clock } = messagesOver(store, driver);
      await send();
      await messages.drain();
      service.setStatus(service.taken[0]?.providerId ?? '', 'failed');
      clock.advance(31_000);
      await messages.followUp();
      expect(await row()).toMatchObject({ state: 'failed', recipient: '+989121234567' });
      // Another, of which nobody ever tells what became of it.
      const silent = await send({ dedupeKey: 'callback:2' });
      await messages.drain();
      clock.advance(31 * 86_400_000);
      await messages.followUp();
      const forgotten = { recipient: '+98912•••4567', template_values: '{}', provider_id: null, known_since: null };
      expect(await row()).toMatchObject({ state: 'failed', ...forgotten });
      expect(await row(silent.id)).toMatchObject({ state: 'sent', ...forgotten });
      expect((await send()).isNew).toBe(false);
    });
  });

  it('where a service cannot be asked, a message in doubt fails: none is better than two', async () => {
    const { service, driver } = await startService('kavenegar');
    const { kavenegarSms } = await import('../connectors/sms/kavenegar.ts');
    const { FakeKavenegar } = await import('../connectors/sms/testing/fake-kavenegar.ts');
    expect(driver.name).toBe('kavenegar');
    if (!(service instanceof FakeKavenegar)) expect.fail('another service');
    const byLookup = kavenegarSms({
      apiKey: service.apiKey,
      baseUrl: service.baseUrl,
      timeoutMs: 1_000,
      lookup: { 'field-missed-call': { template: 'missedcall', tokens: { token: 'ordinal', token10: 'project' } } },
    });
    service.faults.push({ kind: 'silence-after' });
    const { send, messages, later, row } = messagesOver(await makeStore(), byLookup);
    await send();
    await messages.drain();
    for (let i = 0; i < 3; i += 1) await later();
    expect(await row()).toMatchObject({ state: 'failed', reason: 'uncertain' });
    expect(service.taken).toHaveLength(1);
    await service.close();
  });

  it('without anything to send with, it shows that nothing goes out', async () => {
    const store = await makeStore();
    const { send, messages, row } = messagesOver(store, undefined);
    await send();
    await messages.drain();
    expect(await row()).toMatchObject({ state: 'failed', reason: 'not-configured' });
    expect(await store.db.selectFrom('outbox').select('id').execute()).toEqual([]);
  });

  it('a template that is not there, a value that is missing, a number that is none: refused where it was asked for', async () => {
    const { service, driver } = await startService('twilio');
    const { send } = messagesOver(await makeStore(), driver);
    await expect(send({ template: 'nothing' })).rejects.toThrow('sms.templates');
    await expect(send({ values: { ordinal: 1 } })).rejects.toThrow('{project}');
    await expect(send({ to: '09121234567' })).rejects.toThrow('E.164');
    await service.close();
  });

  it("texts of the integrator take our texts' place, language by language; numbers are written in the language", async () => {
    const { service, driver } = await startService('twilio');
    const templates = {
      'field-missed-call': { en: 'Ring back: {ordinal}' },
      receipt: { fa: 'رسید {number}', en: 'Receipt {number}' },
    };
    const { send, messages } = messagesOver(await makeStore(), driver, { templates });
    await send();
    await send({ locale: 'fa', dedupeKey: 'callback:2' });
    await send({ template: 'receipt', locale: 'fa', values: { number: 1234 }, dedupeKey: 'receipt:1' });
    await send({ template: 'receipt', locale: 'cs', values: { number: 7 }, dedupeKey: 'receipt:2' });
    await messages.drain();
    const texts = service.taken.map(({ text }) => text);
    expect(texts).toHaveLength(4);
    expect(texts).toContain('Ring back: 2');
    expect(texts).toContainEqual(expect.stringContaining('تماس بی‌پاسخ ۲ از پروژهٔ Polling'));
    expect(texts).toContain('رسید ۱۲۳۴');
    expect(texts).toContain('Receipt 7');
    await service.close();
  });
});
