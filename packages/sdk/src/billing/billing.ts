import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { billingRoutes } from '../http/routes/billing.ts';
import { billingOverridesRoutes } from '../http/routes/billing-overrides.ts';
import type { BillingEntry, BillingOverride, CustomerBalance, Invoice, InvoiceDetail } from '../protocol/billing.ts';
import type { Amount } from '../protocol/money.ts';
import type { Locale } from '../protocol/primitives.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** The account of one customer. */
export interface BillingView {
  readonly balance: CustomerBalance;
  /** The latest first, at most 100. */
  readonly invoices: readonly Invoice[];
  /** Lines of the account, the latest first, at most 100. */
  readonly entries: readonly BillingEntry[];
}

export interface FollowedBilling {
  readonly state: Readable<Loadable<BillingView>>;
  close(): void;
}

export interface FollowedOverrides {
  readonly state: Readable<Loadable<readonly BillingOverride[]>>;
  close(): void;
}

/** What is owed for work on cases, the invoices, and what may be owed (D5). */
export interface Billing {
  /** My own account, or for staff that of a customer; kept true by events. `close()` ends it. */
  follow(customerId?: string): FollowedBilling;
  /** Only what is owed: for a badge. Staff only. */
  balanceOf(customerId: string): Promise<CustomerBalance>;
  invoice(invoiceId: string): Promise<InvoiceDetail>;
  /** Address of an invoice as PDF, to download. */
  documentUrl(invoiceId: string, locale: Locale): string;
  /** Invoices before this number. */
  olderInvoices(before: number, customerId?: string): Promise<readonly Invoice[]>;
  /** Opens a payment of all that I owe, or of a part; it is then started at the gateway. */
  pay(amount?: Amount): Promise<{ readonly paymentId: string; readonly amount: Amount }>;
  /** Takes a charge back, with the reason. Managers only. */
  correct(entryId: string, reason: string): Promise<BillingEntry>;
  /** An invoice of all that stands on none. Managers only. */
  issue(customerId: string): Promise<Invoice>;
  /** Overrides of the ceiling, of one customer or of all; kept true by events. Supervisors and managers only. */
  followOverrides(customerId?: string): FollowedOverrides;
  requestOverride(customerId: string, reason: string): Promise<BillingOverride>;
  grantOverride(overrideId: string, until: Date): Promise<BillingOverride>;
  declineOverride(overrideId: string, reason: string): Promise<BillingOverride>;
  endOverride(overrideId: string, reason: string): Promise<BillingOverride>;
}

export interface BillingManager extends Billing {
  reload(): void;
  reset(): void;
  /** Something of this customer's account has changed. */
  handleChange(customerId: string): void;
}

const LIMIT = 100;

export function createBilling(client: Pick<Client, 'billing' | 'billingOverrides'>, url: string): BillingManager {
  const accounts = new Map<Loaded<BillingView>, string | undefined>();
  const overrides = new Map<Loaded<readonly BillingOverride[]>, string | undefined>();
  const opened = () => [...accounts.keys(), ...overrides.keys()];

  async function load(customerId: string | undefined): Promise<BillingView> {
    const { billing } = client;
    const page = { limit: LIMIT };
    const [balance, { invoices }, { entries }] = await Promise.all(
      customerId === undefined
        ? [billing.mine({}), billing.myInvoices(page), billing.myEntries(page)]
        : [
            billing.ofCustomer({ customerId }),
            billing.invoicesOf({ customerId, ...page }),
            billing.entriesOf({ customerId, ...page }),
          ],
    );
    return { balance, invoices, entries };
  }

  const follow = <T>(
    all: Map<Loaded<T>, string | undefined>,
    customerId: string | undefined,
    fetch: () => Promise<T>,
  ) => {
    const loaded = new Loaded<T>(fetch);
    all.set(loaded, customerId);
    const close = loaded.open();
    return {
      state: loaded.state,
      close: () => {
        close();
        all.delete(loaded);
      },
    };
  };

  return {
    follow: (customerId) => follow(accounts, customerId, () => load(customerId)),
    followOverrides: (customerId) =>
      follow(overrides, customerId, async () => {
        const of = customerId === undefined ? {} : { customerId };
        return (await client.billingOverrides.list({ limit: LIMIT, ...of })).overrides;
      }),
    handleChange(customerId) {
      // My own account has no id here: only its events reach me.
      for (const [loaded, of] of accounts) if (of === undefined || of === customerId) loaded.reload();
      for (const [loaded, of] of overrides) if (of === undefined || of === customerId) loaded.reload();
    },
    reload() {
      for (const loaded of opened()) loaded.reload();
    },
    reset() {
      for (const loaded of opened()) loaded.reset();
    },
    balanceOf: (customerId) => client.billing.ofCustomer({ customerId }),
    invoice: (invoiceId) => client.billing.invoice({ invoiceId }),
    documentUrl: (invoiceId, locale) =>
      `${url.replace(/\/$/, '')}/billing/invoices/${encodeURIComponent(invoiceId)}/document?locale=${locale}`,
    olderInvoices: async (before, customerId) => {
      const page = { before, limit: LIMIT };
      const { invoices } =
        customerId === undefined
          ? await client.billing.myInvoices(page)
          : await client.billing.invoicesOf({ customerId, ...page });
      return invoices;
    },
    pay: (amount) => client.billing.payMine(amount === undefined ? {} : { amount }),
    correct: (entryId, reason) => client.billing.correct({ entryId, reason }),
    issue: (customerId) => client.billing.issue({ customerId }),
    requestOverride: (customerId, reason) => client.billingOverrides.request({ customerId, reason }),
    grantOverride: (overrideId, until) => client.billingOverrides.grant({ overrideId, until: until.toISOString() }),
    declineOverride: (overrideId, reason) => client.billingOverrides.decline({ overrideId, reason }),
    endOverride: (overrideId, reason) => client.billingOverrides.end({ overrideId, reason }),
  };
}

/** What is owed for work on cases, the invoices, and what may be owed. */
export const billing: Feature<Billing> = {
  name: 'billing',
  create({ clientFor, url, on, keep }) {
    const made = createBilling(clientFor({ billing: billingRoutes, billingOverrides: billingOverridesRoutes }), url);
    on('balance', ({ data }) => made.handleChange(data.customerId));
    on('invoice', ({ data }) => made.handleChange(data.customerId));
    on('billing-override', ({ data }) => made.handleChange(data.customerId));
    keep(made);
    return made;
  },
};
