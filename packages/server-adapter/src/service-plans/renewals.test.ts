import { addMonths, type RenewalYears } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeStores, type MakeStore } from '../store/testing.ts';
import { DEVICES, FIRST_END, type RenewalStage, renewalStage } from './testing/renewal-stage.ts';

const device = fc.constantFrom(...DEVICES);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('renew' as const),
      device,
      years: fc.constantFrom<RenewalYears>(1, 2, 3),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  fc.record({ kind: fc.constantFrom('per-case' as const, 'decline' as const), device }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      /** Which of the renewals that were ever chosen. */
      which: fc.nat(20),
      callbacks: fc.integer({ min: 0, max: 3 }),
      crashes: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('refund' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constant('later' as const), minutes: fc.constantFrom(2, 600, 4_400) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Renewal {
  readonly device: string;
  readonly years: RenewalYears;
  paid: boolean;
  refunded: boolean;
}

/** What was meant to happen, kept beside the database: by payment. */
class Meant {
  readonly renewals = new Map<string, Renewal>();

  at(which: number): [string, Renewal] | undefined {
    const all = [...this.renewals];
    return all.length === 0 ? undefined : all[which % all.length];
  }

  years(of: string): number {
    const counted = [...this.renewals.values()].filter((each) => each.device === of && each.paid && !each.refunded);
    return counted.reduce((sum, { years }) => sum + years, 0);
  }
}

async function carryOut(stage: RenewalStage, what: Step, meant: Meant): Promise<void> {
  switch (what.kind) {
    case 'renew': {
      const tries = Array.from({ length: what.times }, () => stage.renew(what.device, what.years));
      const ids = new Set((await Promise.all(tries)).map(({ paymentId }) => paymentId ?? ''));
      // Pressed three times, it is one payment.
      expect(ids.size).toBe(1);
      for (const id of ids)
        if (!meant.renewals.has(id))
          meant.renewals.set(id, { device: what.device, years: what.years, paid: false, refunded: false });
      return;
    }
    case 'per-case':
      await stage.perCase(what.device);
      return;
    case 'decline':
      await stage.decline(what.device, 'No more');
      return;
    case 'pay': {
      const [id, renewal] = meant.at(what.which) ?? [];
      if (id === undefined || renewal === undefined || renewal.paid) return;
      const row = await stage.store.db
        .selectFrom('payments')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      // Nobody can begin to pay what has expired.
      if (row.state === 'expired' || row.expires_at <= (await clockOf(stage))) return;
      await stage.pay(id, what);
      renewal.paid = true;
      await stage.later(5);
      await stage.later(5);
      return;
    }
    case 'refund': {
      const [id, renewal] = meant.at(what.which) ?? [];
      if (id === undefined || renewal === undefined || !renewal.paid || renewal.refunded) return;
      await stage.refund(id);
      renewal.refunded = true;
      return;
    }
    case 'later':
      await stage.later(what.minutes);
  }
}

const clockOf = (stage: RenewalStage): Promise<string> => stage.store.write(async (tx) => tx.now.toISOString());

/** Every rial that was kept is years of service, and no year is there without it. */
async function expectTrue(stage: RenewalStage, meant: Meant): Promise<void> {
  for (const { device: shown } of await stage.plans())
    expect([shown.id, shown.serviceEndsOn]).toEqual([shown.id, addMonths(FIRST_END, 12 * meant.years(shown.id))]);
  const rows = await stage.store.db.selectFrom('service_choices').selectAll().execute();
  for (const [paymentId, { paid, refunded }] of meant.renewals) {
    const row = rows.find(({ payment_id }) => payment_id === paymentId);
    if (refunded) expect(row?.state).toBe('refunded');
    else if (paid) expect(row?.state).toBe('done');
    else expect(['waiting', 'lapsed', 'replaced']).toContain(row?.state);
  }
  // What others were told last of each choice is how it stands.
  for (const row of rows) expect(stage.told.findLast(({ id }) => id === row.id)?.state).toBe(row.state);
}

async function play(makeStore: MakeStore, steps: readonly Step[]): Promise<void> {
  const stage = await renewalStage(makeStore);
  const meant = new Meant();
  for (const what of steps) await carryOut(stage, what, meant);
  await stage.later(10);
  await expectTrue(stage, meant);
  await stage.store.close();
}

describeStores('renewals', (makeStore, dialect) => {
  it('are paid for once and come once, over choices that change, callbacks, crashes, refunds and time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 18 }), (steps) => play(makeStore, steps)),
      { numRuns: dialect === 'sqlite' ? 30 : 8 },
    );
  }, 300_000);
});
