import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { didarCrm } from './didar.ts';
import { FakeDidar } from './testing/fake-didar.ts';
import { sampleEntry as entry } from './testing/sample-entry.ts';

describe('Didar', () => {
  let didar: FakeDidar;
  beforeEach(async () => {
    didar = await new FakeDidar().listen();
  });
  afterEach(() => didar.close());
  const signal = new AbortController().signal;
  const connector = (options: Partial<Parameters<typeof didarCrm>[0]> = {}) =>
    didarCrm({
      apiKey: didar.apiKey,
      baseUrl: didar.url,
      ownerId: 'owner-1',
      pipelineStageId: 'stage-new',
      stages: { renewed: 'stage-won' },
      referenceField: 'Field_8783_0_1',
      renewalProductId: 'product-1',
      timeoutMs: 5_000,
      ...options,
    });
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.unreachable('Didar took it'),
      (error: Error & { retryable: boolean }) => error,
    );

  it.each([false, true])(
    'makes a person and a deal, and changes the deal after that (id nested: %s)',
    async (nested) => {
      didar.nested = nested;
      const crm = connector();
      const { remoteId } = await crm.record(entry, signal);
      expect(remoteId).toBe('deal-1');
      expect(didar.contacts).toMatchObject([
        { MobilePhone: '09121234567', LastName: 'Karimi', CustomerCode: 'customer_1' },
      ]);
      expect(didar.items).toEqual([{ ProductId: 'product-1', Quantity: 1, UnitPrice: 55_000_000, Discount: 0 }]);
      const choice = { ...entry.choice, state: 'done', serviceEndsOn: '2028-11-21' } as const;
      await crm.record({ ...entry, remoteId, choice }, signal);
      expect(didar.deals).toHaveLength(1);
      expect(didar.deals[0]).toMatchObject({
        PipelineStageId: 'stage-won',
        Fields: { Field_8783_0_1: entry.reference },
      });
      expect(didar.broken).toEqual([]);
    },
  );

  it('finds whom it knows by number, and makes no second one', async () => {
    didar.contacts.push({ Id: 'old', MobilePhone: '09121234567' });
    await connector().record(entry, signal);
    expect(didar.contacts).toHaveLength(1);
    expect(didar.deals).toMatchObject([{ PersonId: 'old' }]);
  });

  it.each(['contact/save', 'deal/save'])('an answer of %s that is lost makes nothing twice', async (path) => {
    didar.faults.push({ kind: 'cut-after', path });
    const crm = connector();
    expect(await refusal(crm.record(entry, signal))).toMatchObject({ retryable: true });
    expect(await crm.record(entry, signal)).toEqual({ remoteId: 'deal-1' });
    expect([didar.contacts.length, didar.deals.length]).toEqual([1, 1]);
  });

  it.each([
    ['{"Error":"Deal is not valid"}', 200, false],
    ['{"Errors":["Title"],"Response":{"Id":"deal-x"}}', 200, false],
    ['{"Success":false,"Response":{}}', 200, false],
    ['{"Message":"Bad stage"}', 400, false],
    ['<html>', 502, true],
    ['{"Message":"slow down"}', 429, true],
    ['nothing of the kind', 200, true],
  ])('refuses by %s with HTTP %s: retryable %s', async (body, status, retryable) => {
    didar.faults.push({ kind: 'answer', path: 'deal/save', status, body });
    expect(await refusal(connector().record(entry, signal))).toMatchObject({ name: 'DeliveryError', retryable });
    expect(didar.deals).toEqual([]);
  });

  it('keeps its key out of every error', async () => {
    const errors: unknown[] = [];
    didar.faults.push({ kind: 'answer', status: 400, body: `{"Message":"no ${didar.apiKey} here"}` });
    errors.push(await refusal(connector().record(entry, signal)));
    errors.push(await refusal(connector({ apiKey: 'wrongKey99' }).record(entry, signal)));
    didar.faults.push({ kind: 'silence' });
    errors.push(await refusal(connector({ timeoutMs: 50 }).record(entry, signal)));
    errors.push(await refusal(connector({ baseUrl: 'http://127.0.0.1:1' }).record(entry, signal)));
    const fetch = async (url: string | URL | Request) =>
      Promise.reject(new TypeError(`Failed to fetch ${String(url)}`));
    errors.push(await refusal(connector({ fetch: fetch as typeof globalThis.fetch }).record(entry, signal)));
    for (const error of errors) {
      const all = `${(error as Error).stack} ${String((error as Error).cause)} ${JSON.stringify(error)}`;
      expect(all).not.toMatch(/didarTestKey|wrongKey99/);
    }
    expect(errors).toHaveLength(5);
  });

  it('refuses to send customers in the clear', () => {
    expect(() => connector({ baseUrl: 'http://didar.example/api' })).toThrow('https');
    expect(() => connector({ referenceField: 'Field_996_0_1' })).toThrow('deals');
  });
});
