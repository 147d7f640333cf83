import * as z from 'zod/mini';
import type { BalanceLevel } from './balance-level.ts';
import { endpoint } from './endpoint.ts';
import { Amount, Money } from './money.ts';
import { Difficulty } from './price-list.ts';
import { Empty, Id, Instant, Locale, line } from './primitives.ts';

const Level = z.enum(['clear', 'warning', 'ceiling'] satisfies BalanceLevel[]);

/**
 * A line of the account; none is ever changed. Charges are positive, credits negative. `work`: a case that was worked.
 * `correction`: takes back an earlier line, with the reason. `payment` and `refund`: through the payment gateway.
 */
export const BillingEntry = z.object({
  id: Id,
  at: Instant,
  kind: z.enum(['work', 'correction', 'payment', 'refund']),
  amount: Money,
  /** Of work, and of what takes it back. */
  work: z.nullable(
    z.object({
      deviceId: Id,
      ticketId: Id,
      difficulty: Difficulty,
      quantity: z.int(),
      unitPrice: Amount,
      unitMinutes: z.int(),
      /** The version of the prices that it was priced by. */
      priceListVersion: z.int(),
    }),
  ),
  note: z.string(),
  /** The line that a correction takes back. */
  corrects: z.nullable(Id),
  /** It was taken back by this line. */
  correctedBy: z.nullable(Id),
  paymentId: z.nullable(Id),
  invoiceId: z.nullable(Id),
});
export type BillingEntry = z.infer<typeof BillingEntry>;

/** Issued once and never changed; numbers run without gaps. A credit note gives more back than it charges. */
export const Invoice = z.object({
  id: Id,
  number: z.int(),
  kind: z.enum(['invoice', 'credit-note']),
  customerId: Id,
  issuedAt: Instant,
  total: Money,
  /** How many lines it has. */
  count: z.int(),
});
export type Invoice = z.infer<typeof Invoice>;

export const InvoiceLine = z.pick(BillingEntry, {
  id: true,
  at: true,
  kind: true,
  amount: true,
  work: true,
  note: true,
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

export const InvoiceDetail = z.object({ ...Invoice.shape, lines: z.array(InvoiceLine) });
export type InvoiceDetail = z.infer<typeof InvoiceDetail>;

/** What a customer owes, against what they may owe. */
export const CustomerBalance = z.object({
  customerId: Id,
  /** Negative: they have paid more than they owe. */
  balance: Money,
  /** From here it is warned; null: never. */
  threshold: z.nullable(Amount),
  /** From here new cases wait for payment; null: never. */
  ceiling: z.nullable(Amount),
  level: Level,
  /** Until then a supervisor lets new cases be opened in spite of the ceiling. */
  overrideUntil: z.nullable(Instant),
});
export type CustomerBalance = z.infer<typeof CustomerBalance>;

/** A supervisor lets new cases be opened in spite of the ceiling, for a time and with a reason (D5). */
export const BillingOverride = z.object({
  id: Id,
  customerId: Id,
  customerName: z.string(),
  state: z.enum(['requested', 'granted', 'declined', 'ended']),
  reason: z.string(),
  requestedBy: z.object({ id: Id, name: z.string() }),
  requestedAt: Instant,
  decidedBy: z.nullable(z.object({ id: Id, name: z.string() })),
  decidedAt: z.nullable(Instant),
  /** Why it was declined or ended. */
  decision: z.nullable(z.string()),
  /** When it is granted: until then. */
  until: z.nullable(Instant),
});
export type BillingOverride = z.infer<typeof BillingOverride>;

const limit = z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 100);
const page = {
  /** Those with a smaller number. */
  before: z.optional(z.coerce.number().check(z.int(), z.gte(1))),
  limit,
};
const staff = ['agent', 'technician', 'supervisor', 'manager'] as const;
const buyer = ['buyer'] as const;
const customer = { customerId: Id };

export const billing = {
  mine: endpoint({
    method: 'GET',
    path: '/billing/mine',
    summary: 'What I owe, against what I may owe',
    access: buyer,
    input: z.object({}),
    output: CustomerBalance,
  }),
  myInvoices: endpoint({
    method: 'GET',
    path: '/billing/mine/invoices',
    summary: 'My invoices, the latest first',
    access: buyer,
    input: z.object(page),
    output: z.object({ invoices: z.array(Invoice) }),
  }),
  myEntries: endpoint({
    method: 'GET',
    path: '/billing/mine/entries',
    summary: 'The lines of my account, the latest first',
    access: buyer,
    input: z.object({ limit }),
    output: z.object({ entries: z.array(BillingEntry) }),
  }),
  payMine: endpoint({
    method: 'POST',
    path: '/billing/mine/payments',
    summary: 'Open a payment of what I owe, or of a part of it',
    access: buyer,
    input: z.object({
      /** @default all of it */
      amount: z.optional(Amount),
    }),
    output: z.object({ paymentId: Id, amount: Amount }),
    problems: ['nothing-owed', 'more-than-owed', 'other-currency'],
  }),
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/billing',
    summary: 'What a customer owes',
    access: staff,
    input: z.object(customer),
    output: CustomerBalance,
  }),
  invoicesOf: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/billing/invoices',
    summary: 'The invoices of a customer, the latest first',
    access: staff,
    input: z.object({ ...customer, ...page }),
    output: z.object({ invoices: z.array(Invoice) }),
  }),
  entriesOf: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/billing/entries',
    summary: 'The lines of a customer’s account, the latest first',
    access: staff,
    input: z.object({ ...customer, limit }),
    output: z.object({ entries: z.array(BillingEntry) }),
  }),
  issue: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/billing/invoices',
    summary: 'Issue an invoice of all that stands on none yet',
    access: ['manager'],
    input: z.object(customer),
    output: Invoice,
    problems: ['nothing-to-invoice'],
  }),
  correct: endpoint({
    method: 'POST',
    path: '/billing/entries/{entryId}/correct',
    summary: 'Take a charge back by a counter-entry, with the reason; what is right is recorded anew',
    access: ['manager'],
    input: z.object({ entryId: Id, reason: line(300, 3) }),
    output: BillingEntry,
    problems: ['not-correctable'],
  }),
  invoice: endpoint({
    method: 'GET',
    path: '/billing/invoices/{invoiceId}',
    summary: 'An invoice with its lines; a buyer’s own only',
    access: ['buyer', ...staff],
    input: z.object({ invoiceId: Id }),
    output: InvoiceDetail,
  }),
  document: endpoint({
    method: 'GET',
    path: '/billing/invoices/{invoiceId}/document',
    summary: 'The invoice for printing, as PDF; a buyer’s own only',
    access: ['buyer', ...staff],
    input: z.object({ invoiceId: Id, locale: Locale }),
    output: Empty,
    bytes: 'application/pdf',
  }),
} as const;

const deciders = ['supervisor', 'manager'] as const;
const one = { overrideId: Id };

export const billingOverrides = {
  list: endpoint({
    method: 'GET',
    path: '/billing/overrides',
    summary: 'Overrides of the ceiling, the latest first',
    access: deciders,
    input: z.object({
      state: z.optional(BillingOverride.shape.state),
      customerId: z.optional(Id),
      limit,
    }),
    output: z.object({ overrides: z.array(BillingOverride) }),
  }),
  request: endpoint({
    method: 'POST',
    path: '/billing/overrides',
    summary: 'Ask that a customer may open cases in spite of the ceiling',
    access: staff,
    input: z.object({ ...customer, reason: line(300, 3) }),
    output: BillingOverride,
    problems: ['override-open'],
  }),
  grant: endpoint({
    method: 'POST',
    path: '/billing/overrides/{overrideId}/grant',
    summary: 'Grant it, until an instant',
    access: deciders,
    input: z.object({ ...one, until: Instant }),
    output: BillingOverride,
    problems: ['override-closed', 'override-end'],
  }),
  decline: endpoint({
    method: 'POST',
    path: '/billing/overrides/{overrideId}/decline',
    summary: 'Decline it, with the reason',
    access: deciders,
    input: z.object({ ...one, reason: line(300, 3) }),
    output: BillingOverride,
    problems: ['override-closed'],
  }),
  end: endpoint({
    method: 'POST',
    path: '/billing/overrides/{overrideId}/end',
    summary: 'End it before its time, with the reason',
    access: deciders,
    input: z.object({ ...one, reason: line(300, 3) }),
    output: BillingOverride,
    problems: ['override-closed'],
  }),
} as const;
