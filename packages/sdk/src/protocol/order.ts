import * as z from 'zod/mini';
import { CustomerSummary } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { Instrument, Section } from './instrument.ts';
import { ORDER_STATES } from './order-life-cycle.ts';
import { Day, Id, Instant, Locale, line, Rial } from './primitives.ts';

/** A11: the branch that receives all orders taken by telephone, and only those. Set by the server. */
export const CALL_CENTRE_BRANCH = 'call-centre';

export const Side = z.enum(['buy', 'sell']);
export type Side = z.infer<typeof Side>;

export const Price = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('market') }),
  z.object({ kind: z.literal('limit'), rial: Rial.check(z.positive()) }),
]);
export type Price = z.infer<typeof Price>;

/** FIX TimeInForce (59): day 0 (روز), gtc 1 (معتبر تا لغو), until 6 with ExpireDate 432 (تا تاریخ), fill-and-kill 3 (انجام و حذف). */
export const Validity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day') }),
  z.object({ kind: z.literal('gtc') }),
  z.object({ kind: z.literal('until'), day: Day }),
  z.object({ kind: z.literal('fill-and-kill') }),
]);
export type Validity = z.infer<typeof Validity>;

export const MAX_QUANTITY = 1_000_000_000;

export const OrderTerms = z.object({
  side: Side,
  instrumentCode: Instrument.shape.code,
  quantity: z.int('must be a whole number').check(z.gte(1), z.lte(MAX_QUANTITY)),
  price: Price,
  validity: Validity,
});
export type OrderTerms = z.infer<typeof OrderTerms>;

/** What a customer said in one call: a new order, a change of one, or its withdrawal. Sealed to its recording (G1). */
export const Instruction = z.object({
  id: Id,
  kind: z.enum(['new', 'change', 'withdraw']),
  callId: Id,
  agentId: Id,
  state: z.enum(['draft', 'read-back', 'submitted']),
  readBackAt: z.nullable(Instant),
  submittedAt: z.nullable(Instant),
  recordingId: z.nullable(Id),
  /** Milliseconds from the start of the recording to the moment of read-back: where to listen. */
  recordingOffsetMs: z.nullable(z.int()),
});
export type Instruction = z.infer<typeof Instruction>;

export const Fill = z.object({ quantity: z.int(), rial: Rial, at: Instant, dealerId: Id });
export type Fill = z.infer<typeof Fill>;

export const Order = z.object({
  id: Id,
  /** Running number that people say to each other, without gaps; 0 until the order is submitted. */
  number: z.int(),
  customer: CustomerSummary,
  section: Section,
  instrument: z.pick(Instrument, { code: true, symbol: true, name: true, kind: true }),
  terms: OrderTerms,
  state: z.enum(ORDER_STATES),
  branch: z.string(),
  filledQuantity: z.int(),
  fills: z.array(Fill),
  claimedBy: z.nullable(z.object({ id: Id, name: z.string() })),
  /** Why it was rejected or returned. */
  reason: z.nullable(z.string()),
  /** The order that this one changes, and the one that replaced it. */
  replaces: z.nullable(Id),
  replacedBy: z.nullable(Id),
  instructions: z.array(Instruction),
  createdAt: Instant,
  submittedAt: z.nullable(Instant),
  updatedAt: Instant,
});
export type Order = z.infer<typeof Order>;

const agent = ['agent', 'supervisor'] as const;
const readers = ['agent', 'supervisor', 'manager', 'dealer'] as const;
const sealing = [
  'call-not-live',
  'call-not-yours',
  'call-without-customer',
  'other-customer',
  'recording-missing',
  'verification-missing',
  'pin-change-missing',
  'contract-missing',
  'order-state',
] as const;

export const orders = {
  list: endpoint({
    method: 'GET',
    path: '/orders',
    summary: 'Orders of a call, of a customer, or of all whom I may see',
    access: readers,
    input: z.object({
      callId: z.optional(Id),
      customerId: z.optional(Id),
      state: z._default(z.enum(['open', 'final', 'all']), 'all'),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 100),
    }),
    output: z.object({ orders: z.array(Order) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/orders/{orderId}',
    summary: 'One order',
    access: readers,
    input: z.object({ orderId: Id }),
    output: Order,
  }),
  draft: endpoint({
    method: 'POST',
    path: '/orders',
    summary: 'Note a request of the caller as a draft',
    access: agent,
    input: z.object({ callId: Id, terms: OrderTerms }),
    output: Order,
    problems: ['call-not-live', 'call-not-yours', 'call-without-customer', 'unknown-instrument', 'wrong-section'],
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/orders/{orderId}',
    summary: 'Correct a draft; what was read back must be read back again',
    access: agent,
    input: z.object({ orderId: Id, terms: OrderTerms }),
    output: Order,
    problems: [
      'order-state',
      'call-not-live',
      'call-not-yours',
      'call-without-customer',
      'other-customer',
      'unknown-instrument',
      'wrong-section',
    ],
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/orders/{orderId}/draft',
    summary: 'Drop a draft, or the draft of a withdrawal',
    access: agent,
    input: z.object({ orderId: Id }),
    output: z.object({}),
    problems: ['order-state', 'call-not-yours'],
  }),
  draftChange: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/change',
    summary: 'Draft a change of an earlier order; needs a call of that customer (A9)',
    access: agent,
    input: z.object({ orderId: Id, callId: Id, terms: OrderTerms }),
    output: Order,
    problems: [...sealing, 'order-already-acted', 'unknown-instrument', 'wrong-section'],
  }),
  draftWithdrawal: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/withdraw',
    summary: 'Draft the withdrawal of an earlier order; needs a call of that customer (A9)',
    access: agent,
    input: z.object({ orderId: Id, callId: Id }),
    output: Order,
    problems: [...sealing, 'order-already-acted'],
  }),
  readBack: endpoint({
    method: 'POST',
    path: '/calls/{callId}/read-back',
    summary: 'The agent reads these instructions to the customer now: notes the moment in the recording',
    access: agent,
    input: z.object({
      callId: Id,
      instructionIds: z.array(Id).check(z.minLength(1), z.maxLength(50)),
      locale: z._default(Locale, 'fa'),
    }),
    /** `text` is the sentence to read, in the customer's language. */
    output: z.object({ orders: z.array(Order), lines: z.array(z.object({ instructionId: Id, text: z.string() })) }),
    problems: [...sealing, 'order-already-acted'],
  }),
  submit: endpoint({
    method: 'POST',
    path: '/calls/{callId}/submit',
    summary: 'Submit instructions that were read back; all or none',
    access: agent,
    input: z.object({ callId: Id, instructionIds: z.array(Id).check(z.minLength(1), z.maxLength(50)) }),
    output: z.object({ orders: z.array(Order) }),
    problems: [...sealing, 'read-back-missing', 'order-already-acted', 'unknown-instrument', 'wrong-section'],
  }),
} as const;

const dealer = ['dealer'] as const;
const onOrder = { orderId: Id };
const floor = ['order-state', 'claimed-by-other', 'not-claimed'] as const;

/** A12, action management (مدیریت اقدام): what the dealing floor does. */
export const dealing = {
  queue: endpoint({
    method: 'GET',
    path: '/dealing/queue',
    summary: 'Announced orders, oldest first, and those that are being acted on',
    access: ['dealer', 'manager', 'supervisor'],
    input: z.object({ limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(1000)), 200) }),
    output: z.object({ orders: z.array(Order) }),
  }),
  claim: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/claim',
    summary: 'Take an order to act on',
    access: dealer,
    input: z.object(onOrder),
    output: Order,
    problems: floor,
  }),
  release: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/release',
    summary: 'Give a claimed order back to the queue',
    access: dealer,
    input: z.object(onOrder),
    output: Order,
    problems: floor,
  }),
  accept: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/accept',
    summary: 'Begin to act: from now on the customer cannot amend',
    access: dealer,
    input: z.object(onOrder),
    output: Order,
    problems: floor,
  }),
  fill: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/fill',
    summary: 'Note a fill, whole or in part',
    access: dealer,
    input: z.object({
      ...onOrder,
      quantity: z.int().check(z.gte(1), z.lte(MAX_QUANTITY)),
      rial: Rial.check(z.positive()),
    }),
    output: Order,
    problems: [...floor, 'overfill'],
  }),
  reject: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/reject',
    summary: 'Reject with a reason',
    access: dealer,
    input: z.object({ ...onOrder, reason: line(300) }),
    output: Order,
    problems: floor,
  }),
  return: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/return',
    summary: 'Return to the desk with a reason',
    access: dealer,
    input: z.object({ ...onOrder, reason: line(300) }),
    output: Order,
    problems: floor,
  }),
} as const;
