import { type Loadable, payments, Value } from '@callweave/sdk';
import type { Payment, PaymentAttempt, PaymentDetail, PaymentRefund } from '@callweave/sdk/protocol';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';

const rial = (amount: number) => ({ amount, currency: 'IRR' as const });
const AT = '2026-11-22T08:00:00.000Z';

export function payment(changes: Partial<Payment> = {}): Payment {
  return {
    id: 'pay_1',
    purpose: 'renewal',
    subject: 'renewal_1',
    customerId: 'cus_clinic',
    description: 'تمدید دو سالهٔ خدمات اسکنر',
    amount: rial(25_000_000),
    state: 'at-gateway',
    gateway: 'zarinpal',
    reference: null,
    card: null,
    receiptNumber: null,
    reason: null,
    unsettled: null,
    createdAt: AT,
    expiresAt: '2026-11-25T08:00:00.000Z',
    paidAt: null,
    refundedAt: null,
    ...changes,
  };
}

export const paidPayment = (changes: Partial<Payment> = {}): Payment =>
  payment({
    state: 'paid',
    reference: '201',
    card: '603799******1234',
    receiptNumber: 7,
    paidAt: AT,
    ...changes,
  });

export function attempt(changes: Partial<PaymentAttempt> = {}): PaymentAttempt {
  return {
    id: 'att_1',
    gateway: 'zarinpal',
    authority: 'A00000000000000000000000000000000001',
    state: 'verified',
    amount: rial(25_000_000),
    confirmed: null,
    reference: '201',
    card: '603799******1234',
    reason: null,
    createdAt: AT,
    checkedAt: AT,
    verifiedAt: AT,
    ...changes,
  };
}

export function refund(changes: Partial<PaymentRefund> = {}): PaymentRefund {
  return {
    id: 'ref_1',
    attemptId: 'att_1',
    amount: rial(25_000_000),
    how: 'gateway',
    state: 'done',
    reason: 'Sold by mistake',
    reference: null,
    by: 'acc_mina',
    problem: null,
    at: AT,
    ...changes,
  };
}

export const paymentDetail = (changes: Partial<PaymentDetail> = {}): PaymentDetail => ({
  payment: paidPayment(),
  attempts: [
    attempt({ id: 'att_0', state: 'cancelled', reference: null, card: null, reason: 'zarinpal-51', verifiedAt: null }),
    attempt(),
  ],
  refunds: [],
  ...changes,
});

export interface PaymentDesk extends FakeDesk {
  /** The payment that is followed. */
  readonly one: Value<Loadable<Payment>>;
  /** What `payments.followAll(…)` shows, for every filter. */
  readonly all: Value<Loadable<readonly Payment[]>>;
  readonly unsettled: Value<number | undefined>;
  readonly more: Value<boolean>;
  /** The filters that were asked for. */
  readonly filters: unknown[];
}

/** A desk with payments, which a test sets. */
export function paymentDesk(): PaymentDesk {
  const one = new Value<Loadable<Payment>>({ status: 'ready', value: payment() });
  const all = new Value<Loadable<readonly Payment[]>>({ status: 'ready', value: [] });
  const unsettled = new Value<number | undefined>(0);
  const more = new Value(false);
  const filters: unknown[] = [];
  const desk = createFakeDesk();
  Object.assign(desk.use(payments), {
    follow: () => ({ state: one, close: () => {} }),
    followAll: (filter: unknown) => {
      filters.push(filter);
      const older = async () => void desk.commands.push({ name: 'payments.older', args: [] });
      return { state: all, unsettled, more, older, close: () => {} };
    },
    receiptUrl: (id: string) => `data:application/pdf,${id}`,
  });
  return Object.assign(desk, { one, all, unsettled, more, filters });
}
