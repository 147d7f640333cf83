import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, OutputOf, session } from '@callweave/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { noRecordings } from './connectors/recordings/no-recordings.ts';
import { attachUpgrade, nodeListener } from './http/node.ts';
import { describeStores, sqliteStores } from './store/testing.ts';
import { createEmbeddedExchange } from './telephony/embedded/index.ts';
import { ExchangeError, type ExchangeEvent } from './telephony/exchange.ts';
import { noExchange } from './telephony/no-exchange.ts';
import { SipTelephone } from './telephony/testing/sip-telephone.ts';
import { createTestDesk } from './testing/desk.ts';
import { askAsStranger } from './testing/stranger.ts';

const PUBLIC_NUMBER = '+982181021380';
const CUSTOMER_NUMBER = '+989121234567';
const TERMS = {
  side: 'buy',
  instrumentCode: 'IRO1FOLD0001',
  quantity: 500,
  price: { kind: 'limit', rial: 5_120 },
  validity: { kind: 'day' },
};

async function eventually<T>(ask: () => Promise<T>, holds: (value: T) => boolean, seconds = 15): Promise<T> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`still not after ${seconds} s: ${JSON.stringify(value).slice(0, 2_000)}`);
    await sleep(50);
  }
}

describeStores('the adapter with the exchange in a box', (makeStore) => {
  it('takes a call from ring to a sealed, filled and proven order', { timeout: 90_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callweave-adapter-'));
    const exchange = createEmbeddedExchange({ recordingsDir: join(folder, 'tracks') });
    const desk = await createTestDesk(await makeStore(), {
      exchange,
      recordings: join(folder, 'recordings'),
      publicNumbers: [PUBLIC_NUMBER],
      flow: { greeting: [] },
    });
    const server = createServer(nodeListener(desk.adapter));
    attachUpgrade(server, desk.adapter);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socketUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const telephones: SipTelephone[] = [];
    try {
      const [agent, dealer, manager] = [await desk.as('agent'), await desk.as('dealer'), await desk.as('manager')];
      expect((await desk.anyone('GET', '/health')).body).toEqual({ ok: true, store: 'up', exchange: 'up' });
      await manager('POST', '/instruments/import', {
        csv: 'code,symbol,name,kind,lot,active\nIRO1FOLD0001,فولاد,فولاد مبارکه,share,1,true',
      });
      const customer = await manager('POST', '/customers', {
        name: 'زهرا کریمی',
        kind: 'both',
        nationalCode: '0013542419',
        numbers: ['0912 123 4567'],
        responders: [agent.accountId],
        contractSignedOn: '2026-01-10',
        questions: [{ text: 'نام دبستان', answer: 'سعدی' }],
      });
      expect(customer.status).toBe(200);
      // As after a first call, in which the customer chose a PIN.
      await desk.store.write((tx) =>
        tx.db.updateTable('customers').set({ pin_state: 'set' }).where('id', '=', customer.body.id).execute(),
      );

      const credentials = (await agent('GET', '/session/phone')).body as OutputOf<typeof session.phoneCredentials>;
      expect(credentials.server).toBe('/sip');
      const agentPhone = await SipTelephone.register(socketUrl + credentials.server, {
        ...credentials,
        expiresAt: new Date(credentials.expiresAt),
      } as never);
      const customerPhone = await SipTelephone.register(
        `${socketUrl}/sip`,
        await exchange.telephoneCredentials(CUSTOMER_NUMBER),
      );
      telephones.push(agentPhone, customerPhone);

      const ringing = agentPhone.nextCall(20_000);
      const calling = await customerPhone.dial(PUBLIC_NUMBER);
      await (await ringing).answer();
      const myCalls = async () => (await agent('GET', '/calls')).body.calls as Call[];
      const [call] = await eventually(
        myCalls,
        ([first]) => first?.state === 'answered' && first.recording.state === 'recording',
      );
      expect(call).toMatchObject({
        callerNumber: CUSTOMER_NUMBER,
        numberDeclared: true,
        customer: { id: customer.body.id },
        agent: { id: agent.accountId },
        responderOrder: 'first',
      });
      const callId = call?.id ?? '';

      const draft = await agent('POST', '/orders', { callId, terms: TERMS });
      expect(draft.status).toBe(200);
      const instructionIds = [draft.body.instructions[0].id];
      expect((await agent('POST', `/calls/${callId}/read-back`, { instructionIds })).code).toBe('verification-missing');
      const started = await agent('POST', `/calls/${callId}/verification`, {});
      expect(started.body).toMatchObject({ state: 'asking', questions: [{ text: 'نام دبستان' }] });
      const passed = await agent('POST', `/calls/${callId}/verification/answers`, {
        questionId: started.body.questions[0].id,
        answer: 'سعدي ',
      });
      expect(passed.body.state).toBe('passed');
      const readBack = await agent('POST', `/calls/${callId}/read-back`, { instructionIds });
      expect(readBack.body.lines[0].text).toContain('فولاد');
      const orderId = draft.body.id as string;
      const recordingId = call?.recording.id ?? '';
      const belongings = {
        ...{ callId, orderId, recordingId, instructionId: instructionIds[0] },
        secrets: ['زهرا کریمی', CUSTOMER_NUMBER, 'نام دبستان'],
      };
      // Promise 7, while everything is open: nothing of this call is there for another agent.
      const during = await askAsStranger(desk, belongings);
      expect(during.leaks).toEqual([]);
      expect(during.tried).toBeGreaterThan(15);
      expect((await agent('POST', `/calls/${callId}/submit`, { instructionIds })).status).toBe(200);

      await eventually(
        async () => (await dealer('GET', '/dealing/queue')).body.orders as { id: string }[],
        (orders) => orders.some(({ id }) => id === orderId),
        3,
      );
      for (const step of ['claim', 'accept'])
        expect((await dealer('POST', `/orders/${orderId}/${step}`, {})).status).toBe(200);
      expect((await dealer('POST', `/orders/${orderId}/fill`, { quantity: 500, rial: 5_120 })).body).toMatchObject({
        state: 'filled',
        branch: 'call-centre',
      });

      await sleep(500);
      await calling.hangup();
      await eventually(
        async () => (await agent('GET', `/recordings/${recordingId}`)).body,
        ({ state }) => state === 'stored',
      );
      const sound = await agent('GET', `/recordings/${recordingId}/audio`, undefined, { range: 'bytes=0-3' });
      expect(sound).toMatchObject({ status: 206, text: 'RIFF' });
      const evidence = await manager('GET', `/orders/${orderId}/evidence`);
      expect(evidence.body.checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
      expect(evidence.body.proven).toBe(true);
      expect((await askAsStranger(desk, belongings)).leaks).toEqual([]);
      // A change needs a new call.
      expect((await agent('POST', '/orders', { callId, terms: TERMS })).code).toBe('call-not-live');
      expect(desk.logged.filter(({ level }) => level === 'error')).toEqual([]);
    } finally {
      await Promise.all(telephones.map((telephone) => telephone.close()));
      server.closeAllConnections();
      server.close();
      await desk.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('createAdapter', () => {
  const makeStore = sqliteStores();

  it('starts while its exchange is down, says so, and has calls as soon as it is there', async () => {
    let there = false;
    let listener: (event: ExchangeEvent) => void = () => {};
    const exchange = {
      ...noExchange(),
      subscribe: (own: typeof listener) => {
        const before = listener;
        listener = (event) => {
          before(event);
          own(event);
        };
        return () => {};
      },
      start: async () => {
        if (!there) throw new ExchangeError('exchange-down', 'not there');
        listener({ type: 'up', at: new Date() });
      },
    };
    const desk = await createTestDesk(await makeStore(), { exchange, recordings: noRecordings() });
    expect((await desk.anyone('GET', '/health')).body).toEqual({ ok: false, store: 'up', exchange: 'down' });
    expect(desk.logged[0]?.message).toContain('exchange is not there');
    const agent = await desk.as('agent');
    expect((await agent('GET', '/session/phone')).code).toBe('exchange-unavailable');
    expect((await agent('GET', '/calls')).body).toEqual({ calls: [] });
    there = true;
    await eventually(
      async () => (await desk.anyone('GET', '/health')).body,
      ({ exchange: state }) => state === 'up',
      5,
    );
    await desk.stop();
  });

  it('stops while it still waits for its exchange', async () => {
    const start = async () => {
      throw new ExchangeError('exchange-down', 'never there');
    };
    const desk = await createTestDesk(await makeStore(), {
      exchange: { ...noExchange(), start },
      recordings: noRecordings(),
    });
    await desk.stop();
    expect(desk.logged.map(({ message }) => message)).toEqual([expect.stringContaining('exchange is not there')]);
  });

  it('does not start with an exchange that is set up wrongly', async () => {
    const start = async () => {
      throw new ExchangeError('invalid', 'The password of ARI is wrong.');
    };
    await expect(
      createTestDesk(await makeStore(), { exchange: { ...noExchange(), start }, recordings: noRecordings() }),
    ).rejects.toThrow('password of ARI');
  });

  it('says what is wrong with its options', async () => {
    const { createAdapter } = await import('./adapter.ts');
    const { createSqliteStore } = await import('./store/sqlite.ts');
    const store = await createSqliteStore({ file: ':memory:' });
    const pepper = 'p'.repeat(32);
    expect(() => createAdapter({ store, pepper: 'short' })).toThrow('at least 32 characters');
    expect(() => createAdapter({ store, pepper, basePath: 'no slash' })).toThrow("must look like '/callweave'");
    expect(() =>
      createAdapter({ store, pepper, exchange: createEmbeddedExchange({ recordingsDir: 'unused' }) }),
    ).toThrow('needs `recordings`');
    const adapter = createAdapter({ store, pepper, basePath: '/' });
    expect((await adapter.fetch(new Request('http://x/health'))).status).toBe(200);
    await store.close();
  });
});
