import {
  type BillingView,
  billing,
  devices,
  type Loadable,
  type PriceListsView,
  priceLists,
  Value,
} from '@callweave/sdk';
import type { BillingEntry, BillingOverride, Invoice, InvoiceDetail, PriceList } from '@callweave/sdk/protocol';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';

const rial = (amount: number) => ({ amount, currency: 'IRR' as const });
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

export function balance(amount: number, changes: Partial<BillingView['balance']> = {}): BillingView['balance'] {
  return {
    customerId: 'cus_clinic',
    balance: rial(amount),
    threshold: rial(80_000_000),
    ceiling: rial(100_000_000),
    level: amount >= 100_000_000 ? 'ceiling' : amount >= 80_000_000 ? 'warning' : 'clear',
    overrideUntil: null,
    ...changes,
  };
}

export function invoice(changes: Partial<Invoice> = {}): Invoice {
  return {
    id: 'inv_12',
    number: 12,
    kind: 'invoice',
    customerId: 'cus_clinic',
    issuedAt: ago(3),
    total: rial(7_500_000),
    count: 1,
    ...changes,
  };
}

export function entry(changes: Partial<BillingEntry> = {}): BillingEntry {
  return {
    id: 'ent_1',
    at: ago(3),
    kind: 'work',
    amount: rial(7_500_000),
    work: {
      deviceId: 'dev_scanner',
      ticketId: 'tic_1',
      difficulty: 'normal',
      quantity: 3,
      unitPrice: rial(2_500_000),
      unitMinutes: 15,
      priceListVersion: 2,
    },
    note: 'راه‌اندازی دوبارهٔ درایور',
    corrects: null,
    correctedBy: null,
    paymentId: null,
    invoiceId: 'inv_12',
    ...changes,
  };
}

export const invoiceDetail = (): InvoiceDetail => ({ ...invoice(), lines: [entry()] });

export function override(changes: Partial<BillingOverride> = {}): BillingOverride {
  return {
    id: 'ovr_1',
    customerId: 'cus_clinic',
    customerName: 'کلینیک مهر',
    state: 'requested',
    reason: 'The laser stands still, payment comes on Saturday',
    requestedBy: { id: 'acc_babak', name: 'بابک نوری' },
    requestedAt: ago(0),
    decidedBy: null,
    decidedAt: null,
    decision: null,
    until: null,
    ...changes,
  };
}

export function priceList(changes: Partial<PriceList> = {}): PriceList {
  return {
    id: 'prices_2',
    state: 'published',
    version: 2,
    revision: 3,
    currency: 'IRR',
    unitMinutes: 15,
    work: { simple: 1_000_000, normal: 2_500_000, hard: 5_000_000, expert: 9_000_000 },
    renewals: [{ typeId: 'typ_scanner', prices: { 1: 30_000_000, 2: 55_000_000, 3: null } }],
    validFrom: ago(60),
    updatedAt: ago(61),
    publishedAt: ago(61),
    ...changes,
  };
}

export const draft = (changes: Partial<PriceList> = {}): PriceList =>
  priceList({
    id: 'prices_3',
    state: 'draft',
    version: null,
    revision: 4,
    validFrom: null,
    publishedAt: null,
    ...changes,
  });

export interface BillingDesk extends FakeDesk {
  readonly account: Value<Loadable<BillingView>>;
  readonly overrides: Value<Loadable<readonly BillingOverride[]>>;
  readonly prices: Value<Loadable<PriceListsView>>;
}

/** A desk with the account of a customer and the prices, which a test sets. */
export function billingDesk(): BillingDesk {
  const account = new Value<Loadable<BillingView>>({
    status: 'ready',
    value: { balance: balance(0), invoices: [], entries: [] },
  });
  const overrides = new Value<Loadable<readonly BillingOverride[]>>({ status: 'ready', value: [] });
  const prices = new Value<Loadable<PriceListsView>>({
    status: 'ready',
    value: { priceLists: [], current: null, currency: 'IRR' },
  });
  const desk = createFakeDesk();
  Object.assign(desk.use(billing), {
    follow: () => ({ state: account, close: () => {} }),
    followOverrides: () => ({ state: overrides, close: () => {} }),
    documentUrl: (id: string, locale: string) => `data:application/pdf,${id}-${locale}`,
  });
  Object.assign(desk.use(priceLists), { state: prices, open: () => () => {} });
  Object.assign(desk.use(devices), {
    types: new Value({
      status: 'ready',
      value: [
        { id: 'typ_scanner', names: { en: 'Scanner', fa: 'اسکنر', cs: 'Skener' }, brand: 'Medit', model: 'i700' },
      ],
    }),
    openTypes: () => () => {},
  });
  return Object.assign(desk, { account, overrides, prices });
}
