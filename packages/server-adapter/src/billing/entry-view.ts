import type { BillingEntry, Currency, Difficulty } from '@callweave/sdk/protocol';
import type { EntryRow } from './account-entries.ts';
import type { Db } from './billing-context.ts';

/** Lines with what has become of them since: the invoice they stand on, and what took them back. */
export async function showEntries(db: Db, rows: readonly EntryRow[]): Promise<BillingEntry[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const lines = await db.selectFrom('invoice_lines').selectAll().where('entry_id', 'in', ids).execute();
  const corrections = await db
    .selectFrom('billing_entries')
    .select(['id', 'corrects'])
    .where('corrects', 'in', ids)
    .execute();
  const invoiceOf = new Map(lines.map(({ entry_id, invoice_id }) => [entry_id, invoice_id]));
  const correctionOf = new Map(corrections.map(({ id, corrects }) => [corrects, id]));
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    kind: row.kind,
    amount: { amount: row.amount, currency: row.currency as Currency },
    work: workOf(row),
    note: row.note,
    corrects: row.corrects,
    correctedBy: correctionOf.get(row.id) ?? null,
    paymentId: row.payment_id,
    invoiceId: invoiceOf.get(row.id) ?? null,
  }));
}

export function workOf(row: EntryRow): BillingEntry['work'] {
  if (row.device_id === null || row.ticket_id === null) return null;
  return {
    deviceId: row.device_id,
    ticketId: row.ticket_id,
    difficulty: row.difficulty as Difficulty,
    quantity: row.quantity ?? 0,
    unitPrice: { amount: row.unit_price ?? 0, currency: row.currency as Currency },
    unitMinutes: row.unit_minutes ?? 0,
    priceListVersion: row.price_list_version ?? 0,
  };
}

export async function entriesOf(db: Db, customerId: string, limit: number): Promise<BillingEntry[]> {
  const rows = await db
    .selectFrom('billing_entries')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return showEntries(db, rows);
}
