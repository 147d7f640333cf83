import type { PaymentDetail } from '@callweave/sdk/protocol';
import type { PaymentGateway } from '../../connectors/payments/payment-gateway.ts';
import type { Caller, RequestContext } from '../../http/operation.ts';
import { newId } from '../../id.ts';
import type { Store } from '../../store/store.ts';
import { createPayments } from '../create-payments.ts';
import type { createPaymentOperations } from '../operations.ts';
import { findPaymentRow } from '../payment-rows.ts';

export interface PaymentRigOptions {
  /** Runs in the write that marks a payment as paid, before it is committed. */
  readonly whilePaying?: () => Promise<void>;
  /** That of the store, where the test has given it one. */
  readonly clock?: MovedClock;
  /** Whose payments, for a domain that goes on where another one has stopped. */
  readonly customerId?: string;
}

/** A clock that a test moves on; the same one for the store and the domain. */
export class MovedClock {
  ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}

/** The domain over a store with one gateway, a clock that a test moves on, and what it booked. */
export async function startPaymentRig(
  store: Store,
  gateway: PaymentGateway,
  { whilePaying, clock = new MovedClock(), customerId = newId('customer') }: PaymentRigOptions = {},
) {
  let broken = false;
  const paid: string[] = [];
  const refunded: string[] = [];
  const errors: unknown[] = [];
  const payments = createPayments({
    store,
    clock,
    options: { gateways: [gateway], publicUrl: 'https://shop.example/callweave' },
    timeZone: 'Asia/Tehran',
    onError: (_message, error) => errors.push(error),
  });
  payments.onPaid('renewal', async (tx, { id }) => {
    if (broken) throw new Error('The renewal cannot be written.');
    // A counter has no gaps: it tells how many of these writes were committed, whichever process they were in.
    await tx.next('booked');
    await whilePaying?.();
    paid.push(id);
  });
  payments.onRefunded('renewal', async (_tx, { id }) => void refunded.push(id));
  const operations = payments.operations?.['payments'] as unknown as ReturnType<typeof createPaymentOperations>;
  const context = (caller: Partial<Caller>): RequestContext => ({
    caller: { accountId: 'account_buyer', name: 'B', roles: ['buyer'], branch: '', ...caller },
    requestId: 'r',
    request: new Request('https://shop.example/'),
    body: new Uint8Array(),
  });
  const startAs = async (owner: string, paymentId: string, returnTo = '/done') => {
    const input = { paymentId, returnTo };
    const ready = await operations.start.prepare?.(input, context({ customerId: owner }));
    const { redirectTo } = await store.write((tx) =>
      operations.start.write(tx, input, context({ customerId: owner }), ready),
    );
    return { redirectTo, authority: redirectTo.split('/').at(-1) ?? '' };
  };

  return {
    payments,
    operations,
    paid,
    refunded,
    errors,
    context,
    open: () =>
      store.write((tx) =>
        payments.openPayment(tx, {
          purpose: 'renewal',
          subject: 'renewal:1',
          amount: { amount: 25_000_000, currency: 'IRR' },
          customerId,
          accountId: 'account_buyer',
          description: 'Service for two years',
          dedupeKey: newId('renewal'),
        }),
      ),
    start: (paymentId: string, returnTo?: string) => startAs(customerId, paymentId, returnTo),
    as: (owner: string) => ({ start: (paymentId: string) => startAs(owner, paymentId) }),
    async callback(address: string) {
      const url = new URL(address);
      const key = url.pathname.split('/').at(-1) ?? '';
      return (await operations.callback({ key, ...Object.fromEntries(url.searchParams) }, context({}))) as Response;
    },
    row: async (id: string) => {
      const row = await findPaymentRow(store.db, id);
      if (row === undefined) throw new Error('There is no such payment.');
      return row;
    },
    /** As a manager does, of all that was paid and is still here. */
    async refundAll(paymentId: string) {
      const caller = context({ accountId: 'account_manager', roles: ['manager'] });
      const { attempts } = (await operations.detail({ paymentId }, caller)) as PaymentDetail;
      for (const { id: attemptId } of attempts.filter(({ state }) => state === 'verified')) {
        const input = { paymentId, attemptId, how: 'gateway' as const, reason: 'A mistake' };
        const ready = await operations.refund.prepare?.(input, caller);
        await store.write((tx) => operations.refund.write(tx, input, caller, ready));
      }
    },
    breakHandler: (is: boolean) => {
      broken = is;
    },
    /** How many payments were booked, by all processes. Counts itself: ask once, at the end. */
    booked: async () => (await store.write((tx) => tx.next('booked'))) - 1,
    async later(ms: number) {
      clock.ahead += ms;
      await payments.reconcile();
    },
  };
}
