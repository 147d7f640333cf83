import type { contract } from '@callweave/sdk/protocol';
import { maySeeCustomer } from '../calls/index.ts';
import { pdfResponse } from '../documents/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import { balanceOf } from './account-entries.ts';
import { openBalancePayment } from './balance-payment.ts';
import type { BillingContext } from './billing-context.ts';
import { entriesOf } from './entry-view.ts';
import { printInvoice } from './invoice-document.ts';
import {
  findInvoice,
  type InvoiceRow,
  invoiceDetail,
  invoicesOf,
  issueInvoice,
  toInvoice,
  uninvoiced,
} from './invoices.ts';
import { correctWork } from './record-work.ts';

/** The contract's `billing`. */
export function createBillingOperations(context: BillingContext): Implementation<typeof contract.billing> {
  const { store, clock, policy, customerOf } = context;

  /** An agent sees the account of whom they have on the line; that of another customer is not there. */
  async function requireCustomer(customerId: string, caller: Caller): Promise<void> {
    if (!(await maySeeCustomer(store.db, customerId, caller)) || (await customerOf(store.db, customerId)) === undefined)
      throw new Problem('not-found', `There is no customer ${customerId}.`);
  }

  /** An invoice of somebody else is, to a buyer, one that is not there. */
  async function readable(invoiceId: string, caller: Caller): Promise<InvoiceRow> {
    const row = await findInvoice(store.db, invoiceId);
    if (row === undefined || !(await maySeeCustomer(store.db, row.customer_id, caller)))
      throw new Problem('not-found', `There is no invoice ${invoiceId}.`);
    return row;
  }

  return {
    mine: (_input, { caller }) => balanceOf(store.db, context, ownCustomer(caller), clock.now()),
    async myInvoices(page, { caller }) {
      return { invoices: await invoicesOf(store.db, ownCustomer(caller), page) };
    },
    async myEntries({ limit }, { caller }) {
      return { entries: await entriesOf(store.db, ownCustomer(caller), limit) };
    },
    payMine: {
      write: (tx, { amount }, { caller }) =>
        openBalancePayment(tx, context, { customerId: ownCustomer(caller), caller, amount }),
    },

    async ofCustomer({ customerId }, { caller }) {
      await requireCustomer(customerId, caller);
      return balanceOf(store.db, context, customerId, clock.now());
    },
    async invoicesOf({ customerId, ...page }, { caller }) {
      await requireCustomer(customerId, caller);
      return { invoices: await invoicesOf(store.db, customerId, page) };
    },
    async entriesOf({ customerId, limit }, { caller }) {
      await requireCustomer(customerId, caller);
      return { entries: await entriesOf(store.db, customerId, limit) };
    },

    issue: {
      async write(tx, { customerId }, { caller }) {
        if ((await customerOf(tx.db, customerId)) === undefined)
          throw new Problem('not-found', `There is no customer ${customerId}.`);
        const lines = await uninvoiced(tx.db, policy.currency).where('customer_id', '=', customerId).execute();
        if (lines.length === 0) throw new Problem('nothing-to-invoice', 'Everything stands on an invoice.');
        return toInvoice(await issueInvoice(tx, context, customerId, lines, caller.accountId));
      },
    },
    correct: {
      write: (tx, { entryId, reason }, { caller }) =>
        correctWork(tx, context, { entryId, reason, actor: caller.accountId }),
    },

    async invoice({ invoiceId }, { caller }) {
      return invoiceDetail(store.db, await readable(invoiceId, caller));
    },
    async document({ invoiceId, locale }, { caller }) {
      const row = await readable(invoiceId, caller);
      const pdf = await printInvoice(await invoiceDetail(store.db, row), row, locale, policy);
      return pdfResponse(pdf, `invoice-${row.number}`);
    },
  };
}

/** A buyer's account without a customer behind it has nothing. */
function ownCustomer({ customerId }: Caller): string {
  if (customerId === undefined) throw new Problem('not-found', 'This account stands for no customer.');
  return customerId;
}
