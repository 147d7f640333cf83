import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Amount } from './money.ts';
import { ATTEMPT_STATES, PAYMENT_STATES } from './payment-life-cycle.ts';
import { Empty, Id, Instant, line } from './primitives.ts';

/** What is paid for; `subject` says which one. */
export const PaymentPurpose = z.enum(['renewal', 'balance', 'course']);
export type PaymentPurpose = z.infer<typeof PaymentPurpose>;

/** How a gateway is called on the wire: `zarinpal`, `zibal`. */
const GatewayName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/));

/**
 * Why somebody has to look at a payment. `waiting`: an attempt whose end is not known yet. `surplus`: paid twice.
 * `disputed`: the gateway confirmed another amount than ours. `not-booked`: paid, and what it was for could not be written.
 * `refund-open`: a refund was begun, and the gateway has not confirmed it.
 */
export const Unsettled = z.enum(['waiting', 'surplus', 'disputed', 'not-booked', 'refund-open']);
export type Unsettled = z.infer<typeof Unsettled>;

/** A sum that a customer is to pay, once. */
export const Payment = z.object({
  id: Id,
  purpose: PaymentPurpose,
  /** The id of what is paid for. */
  subject: z.string(),
  customerId: Id,
  description: z.string(),
  amount: Amount,
  state: z.enum(PAYMENT_STATES),
  /** Of the last attempt, or of the one that paid. */
  gateway: z.nullable(z.string()),
  /** The gateway's number of the transaction that paid. */
  reference: z.nullable(z.string()),
  /** Masked: `603799******1234`. */
  card: z.nullable(z.string()),
  /** Counts the receipts of the house, without gaps. */
  receiptNumber: z.nullable(z.int()),
  /** Why the last attempt did not pay: a word, or the gateway's code, `zarinpal-51`. */
  reason: z.nullable(z.string()),
  unsettled: z.nullable(Unsettled),
  createdAt: Instant,
  /** Until when it can be started. */
  expiresAt: Instant,
  paidAt: z.nullable(Instant),
  refundedAt: z.nullable(Instant),
});
export type Payment = z.infer<typeof Payment>;

/** One way to the gateway and back. */
export const PaymentAttempt = z.object({
  id: Id,
  gateway: z.string(),
  /** How the gateway calls it. */
  authority: z.nullable(z.string()),
  state: z.enum(ATTEMPT_STATES),
  amount: Amount,
  /** What the gateway confirmed, where it says so. */
  confirmed: z.nullable(Amount),
  reference: z.nullable(z.string()),
  card: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  createdAt: Instant,
  checkedAt: z.nullable(Instant),
  verifiedAt: z.nullable(Instant),
});
export type PaymentAttempt = z.infer<typeof PaymentAttempt>;

export const PaymentRefund = z.object({
  id: Id,
  attemptId: Id,
  amount: Amount,
  /** `gateway`: the gateway takes the transaction back. `outside`: done by bank transfer or in the gateway's panel. */
  how: z.enum(['gateway', 'outside']),
  /** `asked`: begun, and the gateway has not confirmed it yet. */
  state: z.enum(['asked', 'done', 'refused']),
  reason: z.string(),
  reference: z.nullable(z.string()),
  /** Who refunded; null when the desk did by itself, of what was paid twice. */
  by: z.nullable(Id),
  problem: z.nullable(z.string()),
  at: Instant,
});
export type PaymentRefund = z.infer<typeof PaymentRefund>;

export const PaymentDetail = z.object({
  payment: Payment,
  attempts: z.array(PaymentAttempt),
  refunds: z.array(PaymentRefund),
});
export type PaymentDetail = z.infer<typeof PaymentDetail>;

const one = z.object({ paymentId: Id });

export const payments = {
  own: endpoint({
    method: 'GET',
    path: '/own-payments',
    summary: 'The payments of the buyer who asks, the latest first',
    access: ['buyer'],
    input: z.object({ limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50) }),
    output: z.object({ payments: z.array(Payment), gateways: z.array(z.string()) }),
  }),
  find: endpoint({
    method: 'GET',
    path: '/payments/{paymentId}',
    summary: 'One payment, as it stands',
    access: ['buyer', 'manager'],
    input: one,
    output: Payment,
  }),
  start: endpoint({
    method: 'POST',
    path: '/payments/{paymentId}/start',
    summary: 'Open the payment at a gateway: where the page goes next',
    access: ['buyer'],
    input: z.object({
      paymentId: Id,
      gateway: z.optional(GatewayName),
      /** The page that shows how it ended: a path of the host, or an address of one of its origins. `payment` is added. */
      returnTo: z.string().check(z.minLength(1), z.maxLength(1000)),
    }),
    output: z.object({ payment: Payment, redirectTo: z.string() }),
    problems: ['payment-closed', 'return-elsewhere', 'no-gateway', 'gateway-refused', 'gateway-unavailable'],
  }),
  check: endpoint({
    method: 'POST',
    path: '/payments/{paymentId}/check',
    summary: 'Ask the gateway now how it stands; the answer is the payment, also when the gateway does not answer',
    access: ['buyer', 'manager'],
    input: one,
    output: Payment,
  }),
  receipt: endpoint({
    method: 'GET',
    path: '/payments/{paymentId}/receipt',
    summary: 'The receipt, to print',
    access: ['buyer', 'manager'],
    input: one,
    output: Empty,
    bytes: 'application/pdf',
    problems: ['payment-not-paid'],
  }),
  list: endpoint({
    method: 'GET',
    path: '/payments',
    summary: 'Payments of all customers, the latest first; `before` is the id after which to go on',
    access: ['manager'],
    input: z.object({
      show: z._default(z.enum(['all', 'unsettled', 'surplus', 'paid']), 'all'),
      customerId: z.optional(Id),
      before: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    output: z.object({ payments: z.array(Payment), unsettled: z.int() }),
  }),
  detail: endpoint({
    method: 'GET',
    path: '/payments/{paymentId}/detail',
    summary: 'One payment with its attempts and refunds',
    access: ['manager'],
    input: one,
    output: PaymentDetail,
  }),
  refund: endpoint({
    method: 'POST',
    path: '/payments/{paymentId}/refund',
    summary: 'Give the money of an attempt back, or write down that it was given back elsewhere',
    access: ['manager'],
    input: z.object({
      paymentId: Id,
      attemptId: Id,
      how: z.enum(['gateway', 'outside']),
      reason: line(300),
      /** Of the transfer, when it was done outside. */
      reference: z.optional(line(100)),
    }),
    output: PaymentDetail,
    problems: ['refund-not-possible', 'gateway-refused', 'gateway-unavailable'],
  }),
  callback: endpoint({
    method: 'GET',
    path: '/payment-callbacks/{key}',
    summary: "The buyer's browser comes back from the gateway; answers with a redirect to the page of the result",
    access: 'public',
    input: z.catchall(z.object({ key: Id }), z.string().check(z.maxLength(500))),
    output: Empty,
  }),
} as const;
