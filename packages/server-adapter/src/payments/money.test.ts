import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GatewayFault } from '../connectors/payments/testing/fake-gateway.ts';
import { FakeZarinpal } from '../connectors/payments/testing/fake-zarinpal.ts';
import { zarinpal } from '../connectors/payments/zarinpal.ts';
import { newId } from '../id.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { MovedClock, startPaymentRig } from './testing/payment-rig.ts';

const MINUTE = 60_000;
const DOWN: GatewayFault = { kind: 'answer', status: 502, body: '<html>' };

type Step =
  | { readonly kind: 'start' | 'restart' | 'break' | 'mend' | 'refund' }
  /** The buyer does this on the gateway's page of one of their windows, and comes back by so many callbacks at once. */
  | {
      readonly kind: 'finish';
      readonly window: number;
      readonly paid: boolean;
      readonly callbacks: number;
      readonly fault?: 'down' | 'unheard';
    }
  | { readonly kind: 'callback'; readonly window: number; readonly fault?: 'down' | 'unheard' }
  | { readonly kind: 'later'; readonly minutes: number; readonly fault?: 'down' };

const window = fc.nat({ max: 3 });
const fault = fc.option(fc.constantFrom('down' as const, 'unheard' as const), { nil: undefined });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'start' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'break', 'mend', 'refund') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('finish' as const),
      window,
      paid: fc.boolean(),
      callbacks: fc.nat({ max: 3 }),
      fault,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('callback' as const), window, fault }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('later' as const),
      minutes: fc.constantFrom(1, 5, 65, 4_400),
      fault: fc.option(fc.constant('down' as const), { nil: undefined }),
    }),
  },
) as fc.Arbitrary<Step>;

async function play(store: Store, clock: MovedClock, steps: readonly Step[]): Promise<void> {
  const service = await new FakeZarinpal().listen();
  const gateway = zarinpal({ merchantId: service.merchantId, baseUrl: service.url, timeoutMs: 250 });
  const customerId = newId('customer');
  const begin = () => startPaymentRig(store, gateway, { clock, customerId });
  try {
    let rig = await begin();
    const all = [rig];
    const { id } = await rig.open();
    const windows: string[] = [];
    const break_ = (how: 'down' | 'unheard' | undefined) => {
      if (how === 'down') service.faults.push({ ...DOWN, method: 'verify' });
      if (how === 'unheard') service.faults.push({ kind: 'silence-after', method: 'verify' });
    };
    const refused = (error: unknown) => {
      expect((error as { code?: string }).code).toMatch(/^(payment-closed|refund-not-possible)$/);
    };
    for (const what of steps) {
      if (what.kind === 'start') await rig.start(id).then(({ authority }) => windows.push(authority), refused);
      if (what.kind === 'restart') all.push((rig = await begin()));
      if (what.kind === 'break' || what.kind === 'mend') rig.breakHandler(what.kind === 'break');
      if (what.kind === 'refund') await rig.refundAll(id).catch(refused);
      if (what.kind === 'later') {
        break_(what.fault);
        await rig.later(what.minutes * MINUTE);
      }
      if (what.kind === 'finish' || what.kind === 'callback') {
        const authority = windows[what.window % Math.max(windows.length, 1)];
        if (authority === undefined) continue;
        break_(what.fault);
        // A callback alone claims that it was paid, whether it was or not.
        const back = what.kind === 'finish' ? service.finish(authority, what.paid) : service.backTo(authority, true);
        await Promise.all(
          Array.from({ length: what.kind === 'finish' ? what.callbacks : 1 }, () => rig.callback(back)),
        );
      }
      service.faults.length = 0;
    }

    // At the end the gateway answers, the handler works, and the clock goes on: everything has to come to rest.
    rig = await begin();
    all.push(rig);
    for (let round = 0; round < 4; round++) await rig.later(25 * 60 * MINUTE);

    const attempts = await store.db.selectFrom('payment_attempts').selectAll().execute();
    const refunds = await store.db.selectFrom('payment_refunds').selectAll().execute();
    const payment = await rig.row(id);
    const count = (state: string) => attempts.filter((attempt) => attempt.state === state).length;
    const booked = all.reduce((sum, each) => sum + each.paid.length, 0);
    const undone = all.reduce((sum, each) => sum + each.refunded.length, 0);

    // Paid at most once, and undone at most as often; each in one committed write.
    expect(booked).toBeLessThanOrEqual(1);
    expect(undone).toBeLessThanOrEqual(booked);
    expect(await rig.booked()).toBe(booked);
    expect(payment.paid_at === null).toBe(booked === 0);
    expect(payment.receipt_number).toBe(booked === 0 ? null : 1);
    // No money at the gateway that our books do not know of, and none in ours that is not there.
    const inBooks = new Map(attempts.map(({ authority, state }) => [authority, state]));
    for (const { authority, state } of service.transactions.values()) {
      expect(['waiting', 'failed', 'verified', 'reversed']).toContain(state);
      const ours = inBooks.get(authority) ?? '';
      if (state === 'verified') expect(['verified', 'surplus']).toContain(ours);
      else if (state === 'reversed') expect(ours).toBe('refunded');
      else expect(['cancelled', 'expired', 'failed', 'open']).toContain(ours);
    }
    // Nothing paid is left over: one pays, and every further one has gone back.
    expect(count('verified')).toBe(payment.state === 'paid' ? 1 : 0);
    expect(count('surplus')).toBe(0);
    expect(count('refunded')).toBe(refunds.filter(({ state }) => state === 'done').length);
    if (
      ['verified', 'reversed'].some((state) => [...service.transactions.values()].some((each) => each.state === state))
    )
      expect(booked).toBe(1);
    expect(payment.unsettled).toBeNull();
    expect(service.broken).toEqual([]);
  } finally {
    await service.close();
  }
}

describeStores('payments whatever happens', (makeStore, dialect) => {
  it('are paid at most once, and every confirmed attempt is accounted for', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const clock = new MovedClock();
        await play(await makeStore({ clock }), clock, steps);
      }),
      { numRuns: dialect === 'sqlite' ? 25 : 4 },
    );
  });
});
