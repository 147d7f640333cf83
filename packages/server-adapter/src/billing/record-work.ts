import { type BillingEntry, type Difficulty, priceOfWork } from '@callweave/sdk/protocol';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { addEntry, findEntry } from './account-entries.ts';
import type { BillingContext } from './billing-context.ts';
import { showEntries } from './entry-view.ts';
import { issueInvoice } from './invoices.ts';
import { priceListInForce } from './price-list-rows.ts';

export interface WorkRecord {
  readonly customerId: string;
  readonly deviceId: string;
  readonly ticketId: string;
  readonly difficulty: Difficulty;
  /** Whole units of the price list. */
  readonly quantity: number;
  readonly note: string;
  /** The account that recorded it. */
  readonly actor: string;
  /** Names this piece of work for ever: whoever records it again charges nothing. */
  readonly dedupeKey: string;
}

/** Charges for work on a case by the prices of today, in the write that records the work. */
export async function recordWork(tx: Tx, context: BillingContext, work: WorkRecord): Promise<BillingEntry> {
  const key = `work:${work.dedupeKey}`;
  let row = await findEntry(tx.db, key);
  if (row === undefined) {
    const list = await priceListInForce(tx.db, tx.now);
    if (list === undefined || list.currency !== context.policy.currency)
      throw new Problem('no-price', 'No price list holds today.');
    const price = priceOfWork(list, work.difficulty, work.quantity);
    ({ row } = await addEntry(tx, context, {
      customer_id: work.customerId,
      kind: 'work',
      amount: price.amount,
      dedupe_key: key,
      device_id: work.deviceId,
      ticket_id: work.ticketId,
      difficulty: work.difficulty,
      quantity: work.quantity,
      unit_price: list.work[work.difficulty],
      unit_minutes: list.unitMinutes,
      price_list_id: list.id,
      price_list_version: list.version,
      note: work.note,
      actor: work.actor,
    }));
    if (context.policy.invoices === 'per-work') await issueInvoice(tx, context, work.customerId, [row], work.actor);
  }
  const [shown] = await showEntries(tx.db, [row]);
  if (shown === undefined) throw new Error(`The line ${row.id} was written and cannot be read.`);
  return shown;
}

/** Takes a charge back, whole, by a line of its own. */
export async function correctWork(
  tx: Tx,
  context: BillingContext,
  { entryId, reason, actor }: { readonly entryId: string; readonly reason: string; readonly actor: string },
): Promise<BillingEntry> {
  const charge = await tx.db.selectFrom('billing_entries').selectAll().where('id', '=', entryId).executeTakeFirst();
  if (charge === undefined) throw new Problem('not-found', `There is no line ${entryId}.`);
  if (charge.currency !== context.policy.currency)
    throw new Problem('other-currency', `The house counts in ${context.policy.currency} now.`);
  const key = `correction:${charge.id}`;
  if (charge.kind !== 'work' || (await findEntry(tx.db, key)) !== undefined)
    throw new Problem('not-correctable', 'This line is no charge for work, or has been taken back already.');
  const { id, seq, at, currency, ...same } = charge;
  const { row } = await addEntry(tx, context, {
    ...same,
    kind: 'correction',
    amount: -charge.amount,
    dedupe_key: key,
    note: reason,
    corrects: charge.id,
    actor,
  });
  const invoiced = await tx.db
    .selectFrom('invoice_lines')
    .select('invoice_id')
    .where('entry_id', '=', charge.id)
    .executeTakeFirst();
  // What stands on no invoice yet meets its counter-entry on the next one.
  if (invoiced !== undefined && context.policy.invoices === 'per-work')
    await issueInvoice(tx, context, charge.customer_id, [row], actor);
  const [shown] = await showEntries(tx.db, [row]);
  if (shown === undefined) throw new Error(`The line ${row.id} was written and cannot be read.`);
  return shown;
}
