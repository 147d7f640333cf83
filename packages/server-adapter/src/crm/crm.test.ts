import type { CrmRecord } from '@callweave/sdk/protocol';
import { afterEach, expect, it, vi } from 'vitest';
import { didarCrm } from '../connectors/crm/didar.ts';
import { FakeDidar } from '../connectors/crm/testing/fake-didar.ts';
import { createServiceDesk } from '../service-plans/testing/service-desk.ts';
import { describeStores } from '../store/testing.ts';

const PATIENT = { timeout: 20_000, interval: 50 };

describeStores('the CRM', (makeStore) => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function open() {
    const didar = await new FakeDidar().listen();
    const connector = didarCrm({
      apiKey: didar.apiKey,
      baseUrl: didar.url,
      ownerId: 'owner-1',
      pipelineStageId: 'stage-new',
      stages: { renewed: 'stage-won', declined: 'stage-lost' },
      referenceField: 'Field_8783_0_1',
      timeoutMs: 5_000,
    });
    const desk = await createServiceDesk(makeStore, { connector });
    ends.push(
      () => desk.stop(),
      () => didar.close(),
    );
    await desk.sell({});
    const device = await desk.device();
    const record = async (): Promise<CrmRecord | undefined> =>
      (await desk.manager('GET', `/crm-records?customerId=${desk.customerId}`)).body.records[0];
    return {
      didar,
      desk,
      record,
      renew: async () =>
        (
          await desk.buyer('POST', `/own-devices/${device.id}/renewal`, {
            years: 1,
            amount: { amount: 30_000_000, currency: 'IRR' },
          })
        ).body,
      until: (state: CrmRecord['state']) =>
        vi.waitFor(async () => expect(await record()).toMatchObject({ state }), PATIENT),
    };
  }

  it('is told of a choice and of what becomes of it, in one deal', async () => {
    const { didar, desk, renew, until, record } = await open();
    const choice = await renew();
    await until('synced');
    expect(didar.deals).toMatchObject([{ PipelineStageId: 'stage-new', Fields: { Field_8783_0_1: choice.id } }]);
    await desk.pay(desk.buyer, choice.paymentId, 2);
    await vi.waitFor(() => expect(didar.deals).toMatchObject([{ PipelineStageId: 'stage-won' }]), PATIENT);
    await until('synced');
    expect(await record()).toMatchObject({ id: choice.id, remoteId: 'deal-1', problem: null });
    expect(didar.contacts).toMatchObject([{ CustomerCode: desk.customerId }]);
    expect(didar.broken).toEqual([]);
  });

  it('what it refuses is failed with its reason, and told again by a manager', async () => {
    const { didar, desk, renew, until, record } = await open();
    didar.faults.push({ kind: 'answer', path: 'deal/save', status: 200, body: '{"Error":"Stage is closed"}' });
    const choice = await renew();
    await until('failed');
    expect((await record())?.problem).toContain('Stage is closed');
    const unsynced = (await desk.manager('GET', '/crm-records')).body;
    expect(unsynced).toMatchObject({ crm: 'didar', records: [{ id: choice.id }] });
    expect((await desk.buyer('GET', '/crm-records')).status).toBe(403);
    const agent = await desk.as('agent');
    expect((await agent('POST', `/crm-records/${choice.id}/retry`, {})).status).toBe(403);
    expect((await desk.manager('POST', '/crm-records/choice_0/retry', {})).code).toBe('not-found');
    const retried = await desk.manager('POST', `/crm-records/${choice.id}/retry`, {});
    expect(retried.body).toMatchObject({ state: 'waiting' });
    await until('synced');
    expect((await desk.manager('GET', '/crm-records')).body.records).toEqual([]);
    expect(didar.deals).toHaveLength(1);
  });

  it('an answer that is lost makes no second deal; what it does not hear now it hears later, in order', async () => {
    const { didar, desk, renew, until, record } = await open();
    didar.faults.push({ kind: 'cut-after', path: 'deal/save' });
    const choice = await renew();
    await vi.waitFor(async () => expect((await record())?.problem).toContain('could not be reached'), PATIENT);
    await desk.pay(desk.buyer, choice.paymentId);
    expect(await record()).toMatchObject({ state: 'waiting' });
    desk.clock.at = new Date(desk.clock.at.getTime() + 5_000);
    await until('synced');
    expect(didar.deals).toMatchObject([{ PipelineStageId: 'stage-won' }]);
  });

  it('is nobody’s business but the staff’s, and its key stands in no log', async () => {
    const { didar, desk, renew, until } = await open();
    didar.faults.push({ kind: 'answer', status: 400, body: `{"Message":"bad ${didar.apiKey}"}` });
    await renew();
    await until('failed');
    const rows = await desk.store.db.selectFrom('events').selectAll().where('type', '=', 'crm-record').execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const { audience } of rows) expect(audience).not.toMatch(/customer:|role:buyer/);
    const outbox = await desk.store.db.selectFrom('outbox').selectAll().where('kind', '=', 'crm').execute();
    expect(outbox[0]?.last_error).toContain('Didar answered 400');
    expect(JSON.stringify([desk.logged, rows, outbox])).not.toContain(didar.apiKey);
  });
});
