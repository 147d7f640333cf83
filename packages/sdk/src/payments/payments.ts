import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { paymentsRoutes } from '../http/routes/payments.ts';
import type { contract } from '../protocol/contract.ts';
import type { InputOf, OutputOf } from '../protocol/endpoint.ts';
import type { Payment, PaymentDetail } from '../protocol/payment.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LiveList } from '../state/live-list.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';
import { type FollowedPayments, type PaymentFilter, PaymentList } from './payment-list.ts';

type Contract = typeof contract.payments;
export type PaymentStart = InputOf<Contract['start']>;
export type StartedPayment = OutputOf<Contract['start']>;
export type RefundOrder = InputOf<Contract['refund']>;

export interface FollowedPayment {
  readonly state: Readable<Loadable<Payment>>;
  close(): void;
}

/** Online payments: the way to the gateway and back, and what became of them. */
export interface Payments {
  /** My own payments, the latest first, and the gateways that there are. */
  own(): Promise<OutputOf<Contract['own']>>;
  /** One payment, kept true by events: what the page of the result shows. */
  follow(paymentId: string): FollowedPayment;
  /** Opens it at a gateway; the page then goes to `redirectTo`. Buyers only. */
  start(start: PaymentStart): Promise<StartedPayment>;
  /** Lets the gateway be asked now. Answers how it stands, also when the gateway does not answer. */
  check(paymentId: string): Promise<Payment>;
  /** Address of the receipt, to print. */
  receiptUrl(paymentId: string): string;
  /** All payments, kept true by events. Managers only, as is what follows. */
  followAll(filter?: PaymentFilter): FollowedPayments;
  detail(paymentId: string): Promise<PaymentDetail>;
  refund(order: RefundOrder): Promise<PaymentDetail>;
}

export interface PaymentsManager extends Payments {
  reload(): void;
  reset(): void;
  handlePayment(payment: Payment): void;
}

const OWN_LIMIT = 50;

export function createPayments(client: Pick<Client, 'payments'>, url: string): PaymentsManager {
  const single = new Set<LiveList<Payment>>();
  const lists = new Set<PaymentList>();
  const put = (payment: Payment) => {
    for (const one of single) one.put(payment);
    for (const list of lists) list.put(payment);
  };
  const arrivals = createArrivals<Payment>(put);

  return {
    own: () => client.payments.own({ limit: OWN_LIMIT }),
    follow(paymentId) {
      const list = new LiveList<Payment>({
        fetch: async () => [await client.payments.find({ paymentId })],
        matches: ({ id }) => id === paymentId,
        compare: () => 0,
      });
      const state = new Value<Loadable<Payment>>(LOADING);
      const unfollow = list.state.subscribe((present) => {
        if (present.status !== 'ready') state.set(present);
        else if (present.value[0] !== undefined) state.set({ status: 'ready', value: present.value[0] });
      });
      single.add(list);
      const close = list.open();
      return {
        state,
        close: () => {
          unfollow();
          close();
          single.delete(list);
        },
      };
    },
    async start(start) {
      const answer = client.payments.start(start);
      await arrivals.answer(answer.then(({ payment }) => payment));
      return answer;
    },
    check: (paymentId) => arrivals.answer(client.payments.check({ paymentId })),
    receiptUrl: (paymentId) => `${url}/payments/${encodeURIComponent(paymentId)}/receipt`,
    followAll(filter = {}) {
      const list = new PaymentList(client, filter, () => lists.delete(list));
      lists.add(list);
      return list;
    },
    detail: (paymentId) => client.payments.detail({ paymentId }),
    async refund(order) {
      const answer = client.payments.refund(order);
      await arrivals.answer(answer.then(({ payment }) => payment));
      return answer;
    },
    handlePayment: arrivals.event,
    reload() {
      for (const each of [...single, ...lists]) each.reload();
    },
    reset() {
      for (const each of [...single, ...lists]) each.reset();
    },
  };
}

/** Online payments. */
export const payments: Feature<Payments> = {
  name: 'payments',
  create({ clientFor, url, on, keep }) {
    const made = createPayments(clientFor({ payments: paymentsRoutes }), url);
    on('payment', ({ data }) => made.handlePayment(data));
    keep(made);
    return made;
  },
};
