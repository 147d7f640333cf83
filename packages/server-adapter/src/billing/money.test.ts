import { DIFFICULTIES, priceOfWork } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Tx } from '../store/store.ts';
import { describeStores, type MakeStore } from '../store/testing.ts';
import type { BalancePayment } from './billing-context.ts';
import { type BillingStage, billingStage, PRICES, work } from './testing/billing-stage.ts';

const CRASH = new Error('the power went');

type Step =
  | { kind: 'work'; key: number; difficulty: (typeof DIFFICULTIES)[number]; quantity: number }
  | { kind: 'pay' | 'refund' | 'correct'; key: number; amount: number };

const key = fc.integer({ min: 1, max: 6 });
const step: fc.Arbitrary<Step & { crash: boolean; retries: number; together: boolean }> = fc
  .tuple(
    fc.oneof(
      fc.record({
        kind: fc.constant('work' as const),
        key,
        difficulty: fc.constantFrom(...DIFFICULTIES),
        quantity: fc.integer({ min: 1, max: 30 }),
      }),
      fc.record({
        kind: fc.constantFrom('pay' as const, 'refund' as const, 'correct' as const),
        key,
        amount: fc.integer({ min: 1, max: 90_000_000 }),
      }),
    ),
    fc.record({ crash: fc.boolean(), retries: fc.integer({ min: 0, max: 2 }), together: fc.boolean() }),
  )
  .map(([what, how]) => ({ ...what, ...how }));

/** What was meant to happen, kept beside the database: each key counts once. */
class Meant {
  readonly worked = new Map<number, number>();
  readonly paid = new Map<number, number>();
  readonly refunded = new Set<number>();
  readonly corrected = new Set<number>();

  balance(): number {
    const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
    const backTo = (keys: Set<number>, of: Map<number, number>) => sum([...keys].map((each) => of.get(each) ?? 0));
    return (
      sum(this.worked.values()) -
      sum(this.paid.values()) +
      backTo(this.refunded, this.paid) -
      backTo(this.corrected, this.worked)
    );
  }
}

/** As the contract's operation does it. */
function correct({ billing }: BillingStage, tx: Tx, entryId: string): Promise<unknown> {
  const operation = billing.operations?.['billing']?.['correct'] as {
    write(tx: Tx, input: object, context: object): Promise<unknown>;
  };
  return operation.write(tx, { entryId, reason: 'Wrong case' }, { caller: { accountId: 'account_2' } });
}

function carryOut(stage: BillingStage, what: Step, meant: Meant): ((tx: Tx) => Promise<unknown>) | undefined {
  const payment = (amount: number): BalancePayment => ({
    id: `payment_${what.key}`,
    customerId: 'customer_1',
    amount: { amount, currency: 'IRR' },
  });
  switch (what.kind) {
    case 'work':
      if (!meant.worked.has(what.key))
        meant.worked.set(what.key, priceOfWork(PRICES, what.difficulty, what.quantity).amount);
      return (tx) => stage.billing.recordWork(tx, work(`${what.key}`, what.difficulty, what.quantity));
    case 'pay': {
      const amount = meant.paid.get(what.key) ?? what.amount;
      meant.paid.set(what.key, amount);
      return (tx) => stage.payments.settle(tx, payment(amount));
    }
    case 'refund': {
      const amount = meant.paid.get(what.key);
      if (amount === undefined) return undefined;
      meant.refunded.add(what.key);
      return (tx) => stage.payments.giveBack(tx, payment(amount));
    }
    case 'correct':
      if (!meant.worked.has(what.key)) return undefined;
      meant.corrected.add(what.key);
      return async (tx) => {
        const charge = await tx.db
          .selectFrom('billing_entries')
          .select('id')
          .where('dedupe_key', '=', `work:${what.key}`)
          .executeTakeFirstOrThrow();
        await correct(stage, tx, charge.id);
      };
  }
}

/** Balance, lines, invoices and what was meant agree to the last rial. */
async function expectBooksTrue({ store, billing }: BillingStage, meant: Meant): Promise<void> {
  const entries = await store.db.selectFrom('billing_entries').selectAll().orderBy('seq').execute();
  const sum = entries.reduce((total, { amount }) => total + amount, 0);
  const { balance } = await billing.debtOf(store.db, 'customer_1');
  expect(balance).toEqual({ amount: sum, currency: 'IRR' });
  expect(balance.amount).toBe(meant.balance());
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));

  const count = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
  expect([count('work'), count('payment'), count('refund'), count('correction')]).toEqual([
    meant.worked.size,
    meant.paid.size,
    meant.refunded.size,
    meant.corrected.size,
  ]);

  const invoices = await store.db.selectFrom('invoices').selectAll().orderBy('number').execute();
  expect(invoices.map(({ number }) => number)).toEqual(invoices.map((_, index) => index + 1));
  const lines = await store.db.selectFrom('invoice_lines').selectAll().execute();
  const amountOf = new Map(entries.map(({ id, amount }) => [id, amount]));
  for (const { id, total, line_count } of invoices) {
    const own = lines.filter(({ invoice_id }) => invoice_id === id);
    expect(own).toHaveLength(line_count);
    expect(own.reduce((all, { entry_id }) => all + (amountOf.get(entry_id) ?? Number.NaN), 0)).toBe(total);
  }
  expect(new Set(lines.map(({ entry_id }) => entry_id)).size).toBe(lines.length);
  expect(lines).toHaveLength(meant.worked.size + meant.corrected.size);
}

async function play(
  makeStore: MakeStore,
  steps: readonly (Step & { crash: boolean; retries: number; together: boolean })[],
) {
  const stage = await billingStage(await makeStore());
  const meant = new Meant();
  for (const what of steps) {
    const carry = carryOut(stage, what, meant);
    if (carry === undefined) continue;
    if (what.crash)
      await expect(
        stage.store.write(async (tx) => {
          await carry(tx);
          throw CRASH;
        }),
      ).rejects.toThrow(what.kind === 'correct' ? /./ : CRASH.message);
    const tries = Array.from({ length: 1 + what.retries }, () => () => stage.store.write(carry));
    // A correction that was made already is refused, and that is all that may go wrong.
    const settled = what.together ? await Promise.allSettled(tries.map((attempt) => attempt())) : [];
    if (!what.together) for (const attempt of tries) settled.push(...(await Promise.allSettled([attempt()])));
    for (const result of settled)
      if (result.status === 'rejected') {
        expect(what.kind).toBe('correct');
        expect(result.reason).toMatchObject({ code: 'not-correctable' });
      }
  }
  await expectBooksTrue(stage, meant);
  await stage.store.close();
}

describeStores('money', (makeStore, dialect) => {
  it('balance, lines and invoices stay true over work, payments, refunds, corrections, retries and crashes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), (steps) => play(makeStore, steps)),
      { numRuns: dialect === 'sqlite' ? 30 : 8 },
    );
  }, 300_000);

  it('numbers have no gaps when many write at once and some of them fail', async () => {
    const stage = await billingStage(await makeStore());
    const meant = new Meant();
    const writes = Array.from({ length: 60 }, (_, index) => {
      const fails = index % 3 === 0;
      if (!fails) meant.worked.set(index, PRICES.work.simple);
      return stage.store.write(async (tx) => {
        await stage.billing.recordWork(tx, work(`${index}`));
        if (fails) throw CRASH;
      });
    });
    const results = await Promise.allSettled(writes);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    await expectBooksTrue(stage, meant);
  });

  it('a correction is the counter-entry of one charge, with its reason, and comes once', async () => {
    const stage = await billingStage(await makeStore());
    const charge = await stage.store.write((tx) => stage.billing.recordWork(tx, work('one', 'expert', 3)));
    const run = () => stage.store.write((tx) => correct(stage, tx, charge.id));
    expect(await run()).toMatchObject({ amount: { amount: -37_037_010 }, corrects: charge.id, note: 'Wrong case' });
    await expect(run()).rejects.toMatchObject({ code: 'not-correctable' });
    const invoices = await stage.store.db.selectFrom('invoices').selectAll().orderBy('number').execute();
    expect(invoices.map(({ kind, total }) => [kind, total])).toEqual([
      ['invoice', 37_037_010],
      ['credit-note', -37_037_010],
    ]);
  });
});
