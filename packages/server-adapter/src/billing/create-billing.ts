import type { BillingEntry, Money } from '@callweave/sdk/protocol';
import type { Domain } from '../domain.ts';
import type { Store, Tx } from '../store/store.ts';
import { balanceOf } from './account-entries.ts';
import { followPayments } from './balance-payment.ts';
import type { BillingContext, Db } from './billing-context.ts';
import { gatherInvoices } from './gather-invoices.ts';
import { createBillingOperations } from './operations.ts';
import { createOverrides } from './overrides.ts';
import { type BillingOptions, billingPolicy } from './policy.ts';
import { createPriceLists } from './price-list-operations.ts';
import { recordWork, type WorkRecord } from './record-work.ts';

const GATHER_MS = 3_600_000;

export interface CreateBillingParts extends Omit<BillingContext, 'policy'> {
  readonly store: Store;
  readonly options: BillingOptions | undefined;
  readonly timeZone: string;
}

/** What a customer owes, as the rule of entitlement takes it. */
export interface Debt {
  readonly balance: Money;
  readonly threshold: Money | null;
  /** From here new cases wait for payment; null: there is no limit. */
  readonly ceiling: Money | null;
  /** A supervisor lets new cases be opened in spite of it. */
  readonly override: boolean;
}

export interface Billing extends Domain {
  /** Charges for work on a case, in the caller's write; once per `dedupeKey`. */
  recordWork(tx: Tx, work: WorkRecord): Promise<BillingEntry>;
  debtOf(db: Db, customerId: string, at?: Date): Promise<Debt>;
  /** Issues what is due by the month; for tests, and once an hour by itself. */
  gather(): Promise<void>;
}

/** Pay-per-case (D5): prices, what is owed, invoices, the ceiling and who may go above it. */
export function createBilling({ options, timeZone, ...parts }: CreateBillingParts): Billing {
  const context: BillingContext = { ...parts, policy: billingPolicy(options, timeZone) };
  followPayments(context);
  return {
    operations: {
      priceLists: createPriceLists(context),
      billing: createBillingOperations(context),
      billingOverrides: createOverrides(context),
    },
    chores: [{ name: 'billing.gather', everyMs: GATHER_MS, run: () => gatherInvoices(context) }],
    recordWork: (tx, work) => recordWork(tx, context, work),
    async debtOf(db, customerId, at = context.clock.now()) {
      const { balance, threshold, ceiling, overrideUntil } = await balanceOf(db, context, customerId, at);
      return { balance, threshold, ceiling, override: overrideUntil !== null };
    },
    gather: () => gatherInvoices(context),
  };
}
