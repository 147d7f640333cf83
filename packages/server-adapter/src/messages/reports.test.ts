import { expect, it } from 'vitest';
import { FakeTwilio } from '../connectors/sms/testing/fake-twilio.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk, type TestDesk } from '../testing/desk.ts';
import { createMessages, type SmsOptions } from './create-messages.ts';
import { CALLBACK, REPORT_SECRET, startService } from './testing/message-rig.ts';

const PUBLIC_URL = 'https://desk.example/callweave';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function permutations<T>(items: readonly T[], visit: (order: readonly T[]) => Promise<void>): Promise<void> {
  const walk = async (left: readonly T[], order: readonly T[]): Promise<void> => {
    if (left.length === 0) return visit(order);
    for (const [index, item] of left.entries())
      await walk([...left.slice(0, index), ...left.slice(index + 1)], [...order, item]);
  };
  await walk(items, []);
}

/** Sends a message through a domain beside the adapter, on the same store. */
async function sendThrough(store: Store, sms: SmsOptions, dedupeKey = 'callback:1'): Promise<string> {
  const messages = createMessages({ store, sms });
  const { id } = await store.write((tx) => messages.send(tx, { ...CALLBACK, dedupeKey }));
  await messages.drain();
  return id;
}

const stateOf = async (desk: TestDesk, id: string) => {
  const manager = await desk.as('manager');
  const { body } = await manager('GET', '/messages');
  return (body.messages as { id: string; state: string; reason: string | null }[]).find((one) => one.id === id);
};

describeStores('reports of services', (makeStore) => {
  it('Twilio: signed reports in any order, each twice, end in the same state', async () => {
    const { service, driver } = await startService('twilio');
    if (!(service instanceof FakeTwilio)) expect.fail('another service');
    const sms: SmsOptions = { driver, from: '+15005550006', publicUrl: PUBLIC_URL };
    const store = await makeStore();
    const desk = await createTestDesk(store, { sms });
    const send = (report: { url: string; headers: Record<string, string>; body: string }) =>
      desk.anyone('POST', new URL(report.url).pathname.replace('/callweave', ''), report.body, report.headers);
    let count = 0;
    await permutations(['sending', 'sent', 'undelivered', 'delivered'], async (order) => {
      count += 1;
      const id = await sendThrough(store, sms, `callback:${count}`);
      const sid = service.taken.at(-1)?.providerId ?? '';
      for (const status of [...order, ...order]) {
        const answer = await send(service.report(sid, status));
        expect(answer.status).toBe(200);
      }
      expect(await stateOf(desk, id)).toMatchObject({ state: 'delivered', reason: null });
      const rows = await store.db.selectFrom('events').select('data').where('type', '=', 'message').execute();
      const states = rows.map(({ data }) => JSON.parse(data)).flatMap((data) => (data.id === id ? data.state : []));
      // It only ever moved on: no state came twice.
      expect(new Set(states).size).toBe(states.length);
    });
    expect(count).toBe(24);
    await desk.stop();
    await service.close();
  });

  it('Twilio: what is not signed, or was changed, is not there', async () => {
    const { service, driver } = await startService('twilio');
    if (!(service instanceof FakeTwilio)) expect.fail('another service');
    const sms: SmsOptions = { driver, from: '+15005550006', publicUrl: PUBLIC_URL };
    const store = await makeStore();
    const desk = await createTestDesk(store, { sms });
    const id = await sendThrough(store, sms);
    const report = service.report(service.taken[0]?.providerId ?? '', 'delivered');
    const path = `/messages/reports/${id}`;
    expect(new URL(report.url).pathname).toBe(`/callweave${path}`);
    const refused = [
      await desk.anyone('POST', path, report.body, form),
      await desk.anyone('POST', path, report.body.replace('delivered', 'failed'), report.headers),
      await desk.anyone('POST', path, `${report.body}&Extra=1`, report.headers),
      await desk.anyone('POST', `${path}x`, report.body, report.headers),
      await desk.anyone('GET', `${path}?${report.body}`),
      await desk.anyone('POST', path, '', report.headers),
    ];
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: refused.length }, () => 'not-found'));
    expect((await desk.anyone('POST', path, { MessageStatus: 'delivered' })).code).toBe('unsupported-media');
    const foreign = { ...report.headers, origin: 'https://elsewhere.example' };
    expect((await desk.anyone('POST', path, report.body, foreign)).code).toBe('cross-origin');
    expect((await stateOf(desk, id))?.state).toBe('sent');
    expect((await desk.anyone('POST', path, report.body, report.headers)).status).toBe(200);
    expect((await stateOf(desk, id))?.state).toBe('delivered');
    expect(desk.logged).toEqual([]);
    await desk.stop();
    await service.close();
  });

  it('a report that overtakes our own writing settles the message, and nothing is sent again', async () => {
    const { service, driver } = await startService('twilio');
    if (!(service instanceof FakeTwilio)) expect.fail('another service');
    const sms: SmsOptions = { driver, from: '+15005550006', publicUrl: PUBLIC_URL };
    const store = await makeStore();
    service.faults.push({ kind: 'lost-answer' });
    const id = await sendThrough(store, sms);
    const desk = await createTestDesk(store, { sms });
    expect((await stateOf(desk, id))?.state).toBe('queued');
    const report = service.report(service.taken[0]?.providerId ?? '', 'sent');
    expect((await desk.anyone('POST', `/messages/reports/${id}`, report.body, report.headers)).status).toBe(200);
    expect((await stateOf(desk, id))?.state).toBe('sent');
    await store.write((tx) => tx.db.updateTable('outbox').set({ next_at: '2020-01-01T00:00:00.000Z' }).execute());
    const messages = createMessages({ store, sms });
    const { requests } = service;
    await messages.drain();
    expect(service.requests).toBe(requests);
    expect(service.taken).toHaveLength(1);
    await desk.stop();
    await service.close();
  });

  it('Kavenegar: at the secret address by form or by query; anywhere else nothing is there', async () => {
    const { service, driver } = await startService('kavenegar');
    const sms: SmsOptions = { driver, publicUrl: PUBLIC_URL };
    const store = await makeStore();
    const desk = await createTestDesk(store, { sms });
    const byForm = await sendThrough(store, sms, 'a');
    const byQuery = await sendThrough(store, sms, 'b');
    const [first, second] = service.taken.map(({ providerId }) => providerId);
    const path = `/messages/reports/${REPORT_SECRET}`;
    for (const wrong of [byForm, 'x', REPORT_SECRET.toUpperCase()])
      expect((await desk.anyone('POST', `/messages/reports/${wrong}`, `messageid=${first}&status=10`, form)).code).toBe(
        'not-found',
      );
    expect((await stateOf(desk, byForm))?.state).toBe('sent');
    for (let i = 0; i < 2; i += 1) {
      expect((await desk.anyone('POST', path, `messageid=${first}&status=10`, form)).status).toBe(200);
      expect((await desk.anyone('GET', `${path}?messageid=${second}&status=11`)).status).toBe(200);
      expect((await desk.anyone('POST', path, `messageid=${first}&status=4`, form)).status).toBe(200);
      expect((await desk.anyone('POST', path, 'messageid=77&status=10', form)).status).toBe(200);
    }
    expect(await stateOf(desk, byForm)).toMatchObject({ state: 'delivered' });
    expect(await stateOf(desk, byQuery)).toMatchObject({ state: 'failed', reason: 'undelivered' });
    await desk.stop();
    await service.close();
  });

  it('the log of messages is for supervisors and managers', async () => {
    const { service, driver } = await startService('kavenegar');
    const store = await makeStore();
    const desk = await createTestDesk(store, { sms: { driver } });
    await sendThrough(store, { driver });
    for (const role of ['supervisor', 'manager'] as const) {
      const { body, status, text } = await (await desk.as(role))('GET', '/messages?state=sent');
      expect(status).toBe(200);
      expect(body.messages).toHaveLength(1);
      expect(body.messages[0]).toMatchObject({ recipient: '+98912•••4567', purpose: 'field-missed-call' });
      expect(text).not.toContain('1234567');
      expect((await (await desk.as(role))('GET', '/messages?state=failed')).body.messages).toEqual([]);
    }
    for (const role of ['agent', 'dealer', 'buyer'] as const)
      expect((await (await desk.as(role))('GET', '/messages')).code).toBe('not-allowed');
    expect((await desk.anyone('GET', '/messages')).code).toBe('not-signed-in');
    await desk.stop();
    await service.close();
  });
});
