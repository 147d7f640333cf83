import type { Currency, Invoice, InvoiceDetail } from '@callweave/sdk/protocol';
import type { Selectable } from 'kysely';
import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';
import type { BillingTables } from '../store/tables/billing.ts';
import { billingAudience, type EntryRow } from './account-entries.ts';
import type { BillingContext, Db } from './billing-context.ts';
import { workOf } from './entry-view.ts';

export type InvoiceRow = Selectable<BillingTables['invoices']>;

/**
 * Issues an invoice of these lines. The number comes from the counter in the same write: a write that fails gives it back,
 * and writers stand in a row on both databases, so that no number is missing and none is there twice.
 */
export async function issueInvoice(
  tx: Tx,
  { customerOf, policy }: BillingContext,
  customerId: string,
  lines: readonly EntryRow[],
  actor: string,
): Promise<InvoiceRow> {
  const customer = await customerOf(tx.db, customerId);
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('The invoice is larger than can be counted exactly.');
  const row = await tx.db
    .insertInto('invoices')
    .values({
      id: newId('invoice', tx.now),
      number: await tx.next('invoices'),
      kind: total < 0 ? 'credit-note' : 'invoice',
      customer_id: customerId,
      total,
      currency: policy.currency,
      line_count: lines.length,
      billed_to: JSON.stringify({
        name: customer?.name ?? '',
        nationalCode: customer?.nationalCode ?? null,
        address: customer?.address ?? null,
      }),
      issued_by: actor,
      issued_at: tx.now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  for (const [position, { id }] of lines.entries())
    await tx.db.insertInto('invoice_lines').values({ entry_id: id, invoice_id: row.id, position }).execute();
  await tx.record({
    actor,
    action: 'invoice.issued',
    subject: `invoice:${row.id}`,
    data: { number: row.number, customerId, total, currency: row.currency, lines: lines.map(({ id }) => id) },
  });
  await tx.publish({ type: 'invoice', data: toInvoice(row) }, await billingAudience(tx.db, customerId));
  return row;
}

/** Charges and what takes them back, as far as they stand on no invoice; payments never stand on one. */
export function uninvoiced(db: Db, currency: Currency) {
  return db
    .selectFrom('billing_entries')
    .selectAll('billing_entries')
    .where('kind', 'in', ['work', 'correction'])
    .where('currency', '=', currency)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('invoice_lines')
            .select('entry_id')
            .whereRef('invoice_lines.entry_id', '=', 'billing_entries.id'),
        ),
      ),
    )
    .orderBy('seq');
}

export function toInvoice(row: InvoiceRow): Invoice {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    customerId: row.customer_id,
    issuedAt: row.issued_at,
    total: { amount: row.total, currency: row.currency as Currency },
    count: row.line_count,
  };
}

export async function invoicesOf(
  db: Db,
  customerId: string,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<Invoice[]> {
  let query = db.selectFrom('invoices').selectAll().where('customer_id', '=', customerId);
  if (before !== undefined) query = query.where('number', '<', before);
  return (await query.orderBy('number', 'desc').limit(limit).execute()).map(toInvoice);
}

export function findInvoice(db: Db, invoiceId: string): Promise<InvoiceRow | undefined> {
  return db.selectFrom('invoices').selectAll().where('id', '=', invoiceId).executeTakeFirst();
}

export async function invoiceDetail(db: Db, row: InvoiceRow): Promise<InvoiceDetail> {
  const lines = await db
    .selectFrom('invoice_lines')
    .innerJoin('billing_entries', 'billing_entries.id', 'invoice_lines.entry_id')
    .selectAll('billing_entries')
    .where('invoice_lines.invoice_id', '=', row.id)
    .orderBy('invoice_lines.position')
    .execute();
  return {
    ...toInvoice(row),
    lines: lines.map((entry) => ({
      id: entry.id,
      at: entry.at,
      kind: entry.kind,
      amount: { amount: entry.amount, currency: entry.currency as Currency },
      work: workOf(entry),
      note: entry.note,
    })),
  };
}
