import { randomUUID } from 'node:crypto';
import type { MissedCall } from '@callweave/sdk/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostIdentity } from '../accounts/index.ts';
import { kavenegarSms } from '../connectors/sms/kavenegar.ts';
import { FakeKavenegar } from '../connectors/sms/testing/fake-kavenegar.ts';
import type { DirectoryCustomer } from '../customers/index.ts';
import { startAdapterRig } from '../testing-kit/adapter-rig.ts';

const CUSTOMER = '+989121234567';
const DESK = '+982181021380';

const employees: Record<string, HostIdentity> = {
  anna: { id: 'anna', username: 'anna', name: 'Anna', roles: ['agent'] },
  boris: { id: 'boris', username: 'boris', name: 'Boris', roles: ['agent'] },
  sofia: { id: 'sofia', username: 'sofia', name: 'Sofia', roles: ['supervisor'] },
};
const customer: DirectoryCustomer = {
  id: 'c1',
  name: 'Zahra Karimi',
  username: '10001',
  kind: 'securities',
  numbers: [CUSTOMER],
  responders: ['anna'],
  contractSignedOn: '2026-01-10',
  locale: 'fa',
};

describe('missed calls, with calls that really ring', { timeout: 60_000 }, () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function setUp() {
    const sms = await new FakeKavenegar().listen();
    closing.push(() => sms.close());
    const rig = await startAdapterRig({
      directory: {
        findByNumber: async (number) => (number === CUSTOMER ? [customer] : []),
        findById: async (id) => (id === customer.id ? customer : undefined),
        search: async () => [customer],
      },
      authenticate: async (request) => employees[request.headers.get('x-employee') ?? ''],
      publicNumbers: [DESK],
      flow: { greeting: [] },
      sms: { driver: kavenegarSms({ apiKey: sms.apiKey, baseUrl: sms.baseUrl }) },
      missedCalls: { sms: true, minRingSeconds: 0 },
    });
    closing.push(() => rig.stop());
    const ask = async (who: string, method: string, path: string, body?: object) => {
      const response = await fetch(`${rig.url}/callweave${path}`, {
        method,
        headers: {
          'x-employee': who,
          ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: answers of several operations
      return { status: response.status, body: (await response.json()) as any };
    };
    const list = async (who: string, state = 'open'): Promise<MissedCall[]> =>
      (await ask(who, 'GET', `/missed-calls?state=${state}`)).body.missedCalls;
    for (const identity of Object.values(employees)) await rig.adapter.provision(identity);
    const telephone = await rig.telephone(CUSTOMER);
    /** The customer rings until it rings at the agent, and gives up. */
    const ringInVain = async (agent: Awaited<ReturnType<typeof rig.agent>>) => {
      const calling = await telephone.dial(DESK);
      const ringing = await agent.nextCall();
      // The desk takes the call at once, and lets the caller hear that it rings.
      await calling.answered;
      await calling.hangup();
      await ringing.ended;
    };
    return { rig, sms, ask, list, telephone, ringInVain };
  }

  it('rings twice in vain, gets one text, rings again and is answered: the case closes by itself', async () => {
    const { rig, sms, list, telephone, ringInVain } = await setUp();
    const agent = await rig.agent({ 'x-employee': 'anna' });
    await ringInVain(agent);
    await expect.poll(() => list('anna'), { timeout: 15_000 }).toMatchObject([{ count: 1, lastOutcome: 'abandoned' }]);
    await ringInVain(agent);
    await expect
      .poll(() => list('anna'), { timeout: 15_000 })
      .toMatchObject([
        { count: 2, number: CUSTOMER, calledNumber: DESK, customer: { id: 'c1', name: 'Zahra Karimi' } },
      ]);
    await expect.poll(async () => (await list('anna'))[0]?.message, { timeout: 15_000 }).toBe('sent');
    // Another agent is neither their responder nor in the group.
    expect(await list('boris')).toEqual([]);
    expect(await list('sofia')).toHaveLength(1);

    const calling = await telephone.dial(DESK);
    const ringing = await agent.nextCall();
    await ringing.answer();
    await calling.answered;
    await expect.poll(() => list('anna'), { timeout: 15_000 }).toEqual([]);
    expect(await list('sofia', 'closed')).toMatchObject([{ count: 2, end: { reason: 'rang-again' } }]);
    await calling.hangup();
    expect(sms.taken).toHaveLength(1);
    expect(sms.broken).toEqual([]);
  });

  it('is called back from the number they rang: theirs alone while it rings, closed when they answer', async () => {
    const { rig, ask, list, telephone, ringInVain } = await setUp();
    const agent = await rig.agent({ 'x-employee': 'anna' });
    await ringInVain(agent);
    await expect.poll(() => list('anna'), { timeout: 15_000 }).toHaveLength(1);
    const [missed] = await list('anna');
    if (missed === undefined) expect.fail('no case');
    expect((await ask('anna', 'POST', `/missed-calls/${missed.id}/claim`, {})).body.claim.by.name).toBe('Anna');
    expect((await ask('sofia', 'POST', `/missed-calls/${missed.id}/claim`, {})).body.error.code).toBe(
      'missed-call-claimed',
    );
    const dial = { to: missed.number, callerId: missed.calledNumber, customerId: 'c1', missedCallId: missed.id };

    const unheard = ask('anna', 'POST', '/calls', dial);
    await (await agent.nextCall()).answer();
    await (await telephone.nextCall()).decline('busy');
    expect((await unheard).status).toBe(200);
    await expect.poll(() => list('anna'), { timeout: 15_000 }).toMatchObject([{ attempts: 1, claim: null }]);

    const heard = ask('anna', 'POST', '/calls', dial);
    await (await agent.nextCall()).answer();
    const ringing = await telephone.nextCall();
    await ringing.answer();
    expect((await heard).status).toBe(200);
    await expect.poll(() => list('anna'), { timeout: 15_000 }).toEqual([]);
    expect(await list('anna', 'closed')).toMatchObject([
      { attempts: 1, end: { reason: 'called-back', by: { name: 'Anna' } } },
    ]);
    await ringing.hangup();
  });
});
