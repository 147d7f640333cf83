import type { contract, Locale } from '@callweave/sdk/protocol';
import { pdfResponse } from '../documents/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { PaymentHandlers } from './book.ts';
import {
  attemptsOf,
  detailOf,
  findAttempt,
  findPaymentRow,
  type PaymentRow,
  toPayment,
  toPayments,
} from './payment-rows.ts';
import { printReceipt } from './receipt.ts';
import { beginRefund, bookRefund, finishRefund, type RefundParts } from './refund.ts';
import { returnAddress, returnWith } from './return-address.ts';
import { type SettleParts, settleAttempt } from './settle.ts';
import { checkStartable, gatewayFor, openAttempt, requestAttempt, type StartedAttempt } from './start-payment.ts';

export interface PaymentOperationsParts extends SettleParts, RefundParts {
  readonly onPaid: PaymentHandlers;
  /** Where the adapter is reached from outside, base path included; undefined: nothing is paid here. */
  readonly publicUrl: string | undefined;
  readonly returnOrigins: readonly string[];
  readonly timeZone: string;
}

export function createPaymentOperations(parts: PaymentOperationsParts): Implementation<typeof contract.payments> {
  const { store, clock, gateways, publicUrl, returnOrigins } = parts;

  /** Somebody else's payment looks as if there were none. */
  async function visible(paymentId: string, caller: Caller): Promise<PaymentRow> {
    const row = await findPaymentRow(store.db, paymentId);
    if (row === undefined || !(caller.roles.includes('manager') || isOwn(row, caller)))
      throw new Problem('not-found', 'There is no such payment.');
    return row;
  }
  const isOwn = (row: PaymentRow, { customerId }: Caller) => customerId !== undefined && row.customer_id === customerId;
  const shown = async (row: PaymentRow) => toPayment(row, await attemptsOf(store.db, [row.id]));

  return {
    async own({ limit }, { caller }) {
      const rows = await store.db
        .selectFrom('payments')
        .selectAll()
        .where('customer_id', '=', caller.customerId ?? '')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return { payments: await toPayments(store.db, rows), gateways: gateways.map(({ name }) => name) };
    },
    find: async ({ paymentId }, { caller }) => shown(await visible(paymentId, caller)),
    start: {
      async prepare({ paymentId, gateway: name, returnTo }, { caller }): Promise<StartedAttempt> {
        const row = await visible(paymentId, caller);
        if (!isOwn(row, caller)) throw new Problem('not-found', 'There is no such payment.');
        if (publicUrl === undefined) throw new Problem('no-gateway', 'No payment gateway is set up.');
        checkStartable(row, clock.now());
        const gateway = gatewayFor(gateways, row, name);
        const address = returnAddress(returnTo, publicUrl, returnOrigins);
        return requestAttempt(store, row, gateway, address, (id) => `${publicUrl}/payment-callbacks/${id}`);
      },
      async write(tx, { paymentId }, _context, started: StartedAttempt) {
        return { payment: await openAttempt(tx, paymentId, started), redirectTo: started.redirectTo };
      },
    },
    check: {
      async prepare({ paymentId }, { caller }) {
        const row = await visible(paymentId, caller);
        const asksAgain = clock.now().getTime() - 3_000;
        for (const attempt of await attemptsOf(store.db, [row.id]))
          if (attempt.verified_at === null && Date.parse(attempt.checked_at ?? attempt.created_at) <= asksAgain)
            await settleAttempt(parts, attempt);
      },
      async write(tx, { paymentId }) {
        const row = await findPaymentRow(tx.db, paymentId);
        if (row === undefined) throw new Problem('not-found', 'There is no such payment.');
        return toPayment(row, await attemptsOf(tx.db, [row.id]));
      },
    },
    async receipt({ paymentId }, { caller }) {
      const row = await visible(paymentId, caller);
      const payment = await shown(row);
      const { paidAt } = payment;
      if (paidAt === null) throw new Problem('payment-not-paid', 'Nothing was paid.');
      const account = await store.db
        .selectFrom('accounts')
        .select('locale')
        .where('id', '=', caller.accountId)
        .executeTakeFirst();
      const pdf = await printReceipt({ ...payment, paidAt }, (account?.locale ?? 'fa') as Locale, parts.timeZone);
      return pdfResponse(pdf, `receipt-${row.receipt_number}`);
    },
    async list({ show, customerId, before, limit }) {
      let query = store.db.selectFrom('payments').selectAll().orderBy('id', 'desc').limit(limit);
      if (show === 'unsettled') query = query.where('unsettled', 'is not', null);
      if (show === 'surplus') query = query.where('unsettled', '=', 'surplus');
      if (show === 'paid') query = query.where('paid_at', 'is not', null);
      if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
      if (before !== undefined) query = query.where('id', '<', before);
      const { count } = await store.db
        .selectFrom('payments')
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('unsettled', 'is not', null)
        .executeTakeFirstOrThrow();
      return { payments: await toPayments(store.db, await query.execute()), unsettled: Number(count) };
    },
    detail: async ({ paymentId }, { caller }) => detailOf(store.db, await visible(paymentId, caller)),
    refund: {
      async prepare({ paymentId, attemptId, how, reason, reference }, { caller }) {
        const attempt = await findAttempt(store.db, attemptId);
        if (attempt?.payment_id !== paymentId) throw new Problem('not-found', 'There is no such attempt.');
        if (how === 'outside') return;
        const id = await store.write((tx) =>
          beginRefund(tx, { attempt, how, reason, reference, actor: caller.accountId }),
        );
        const error = await finishRefund(parts, id);
        if (error !== undefined)
          throw error.done === 'no'
            ? new Problem('gateway-refused', `The gateway gives nothing back (${error.reason}).`, { cause: error })
            : new Problem('gateway-unavailable', 'The gateway did not answer; it is asked again.', { cause: error });
      },
      async write(tx, { paymentId, attemptId, how, reason, reference }, { caller }) {
        if (how === 'outside') {
          const attempt = await findAttempt(tx.db, attemptId);
          if (attempt === undefined) throw new Problem('not-found', 'There is no such attempt.');
          const id = await beginRefund(tx, { attempt, how, reason, reference, actor: caller.accountId });
          await bookRefund(tx, id, parts.onRefunded);
        }
        const row = await findPaymentRow(tx.db, paymentId);
        if (row === undefined) throw new Problem('not-found', 'There is no such payment.');
        return detailOf(tx.db, row);
      },
    },
    /** Whatever the address says was paid or not is not believed: the gateway is asked. */
    async callback({ key, ...fields }) {
      const attempt = await findAttempt(store.db, key);
      const gateway = gateways.find(({ name }) => name === attempt?.gateway);
      const back = gateway?.readCallback(fields as Record<string, string>);
      if (attempt === undefined || back === undefined || back.authority !== attempt.authority)
        throw new Problem('not-found', 'No payment is waited for at this address.');
      if (attempt.verified_at === null) await settleAttempt(parts, attempt, true);
      const location = returnWith(attempt.return_to, attempt.payment_id);
      return new Response(null, { status: 303, headers: { location } });
    },
  };
}
