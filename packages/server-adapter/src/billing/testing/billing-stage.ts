import { newId } from '../../id.ts';
import type { MessageRequest, MessageSender } from '../../messages/index.ts';
import type { Store, Tx } from '../../store/store.ts';
import type { BalancePayment, BalancePayments } from '../billing-context.ts';
import { type Billing, type BillingOptions, createBilling } from '../index.ts';

type Handler = (tx: Tx, payment: BalancePayment) => Promise<void>;

/** A gateway that settles when the test says so, and as often as the test says so. */
export class PaymentsByHand implements BalancePayments {
  readonly opened = new Map<string, BalancePayment>();
  #paid: Handler | undefined;
  #refunded: Handler | undefined;

  async openPayment(_tx: Tx, { customerId, amount }: Parameters<BalancePayments['openPayment']>[1]) {
    const payment = { id: newId('payment'), customerId, amount };
    this.opened.set(payment.id, payment);
    return payment;
  }
  onPaid(_purpose: 'balance', handler: Handler): void {
    this.#paid = handler;
  }
  onRefunded(_purpose: 'balance', handler: Handler): void {
    this.#refunded = handler;
  }
  settle(tx: Tx, payment: BalancePayment): Promise<void> {
    return this.#paid?.(tx, payment) ?? Promise.reject(new Error('Nobody follows payments.'));
  }
  giveBack(tx: Tx, payment: BalancePayment): Promise<void> {
    return this.#refunded?.(tx, payment) ?? Promise.reject(new Error('Nobody follows refunds.'));
  }
}

/** Notes what would be sent, by the key that makes it unique. */
export class NotedMessages implements MessageSender {
  readonly sent: MessageRequest[] = [];
  async send(_tx: Tx, request: MessageRequest) {
    this.sent.push(request);
    return { id: newId('message'), isNew: true };
  }
}

export const PRICES = {
  currency: 'IRR',
  unitMinutes: 15,
  work: { simple: 1_000_000, normal: 2_500_000, hard: 5_000_000, expert: 12_345_670 },
  renewals: [{ typeId: 'type_1', prices: { 1: 30_000_000, 2: 55_000_000, 3: null } }],
} as const;

export interface BillingStage {
  readonly store: Store;
  readonly billing: Billing;
  readonly payments: PaymentsByHand;
  readonly messages: NotedMessages;
  readonly clock: { at: Date; now(): Date };
}

/** The domain on a store of the test, with the prices published and everything beside it in the test's hand. */
export async function billingStage(store: Store, options: BillingOptions = {}): Promise<BillingStage> {
  const clock = { at: new Date('2026-11-22T10:00:00.000Z'), now: () => clock.at };
  const payments = new PaymentsByHand();
  const messages = new NotedMessages();
  const billing = createBilling({
    store,
    clock,
    payments,
    messages,
    options,
    timeZone: 'Asia/Tehran',
    customerOf: async (_db, customerId) => ({
      name: `Buyer ${customerId}`,
      nationalCode: '0499370899',
      address: 'Tehran, Azadi, 12',
      telephone: '+989121234567',
      locale: 'fa',
    }),
  });
  await store.write(async (tx) => {
    await tx.db
      .insertInto('price_lists')
      .values({
        id: newId('prices'),
        state: 'published',
        version: await tx.next('price-list-versions'),
        revision: 1,
        content: JSON.stringify(PRICES),
        valid_from: '2026-01-01T00:00:00.000Z',
        updated_at: '2026-01-01T00:00:00.000Z',
        updated_by: 'test',
        published_at: '2026-01-01T00:00:00.000Z',
        published_by: 'test',
      })
      .execute();
  });
  return { store, billing, payments, messages, clock };
}

export const work = (key: string, difficulty: 'simple' | 'normal' | 'hard' | 'expert' = 'simple', quantity = 1) => ({
  customerId: 'customer_1',
  deviceId: 'device_1',
  ticketId: 'ticket_1',
  difficulty,
  quantity,
  note: 'The driver was set up anew',
  actor: 'account_1',
  dedupeKey: key,
});
