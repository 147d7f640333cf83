import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';
import type { OrderRow } from './course-rows.ts';

export const LICENCE_OUTBOX = 'course-licence';
export const PARTNER_OUTBOX = 'course-partner';

/** What a partner is told; nothing of who bought. */
export interface PartnerTell {
  readonly type: 'course.sold' | 'course.refunded';
  readonly orderId: string;
  readonly courseId: string;
  readonly reference: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
}

async function enqueue(tx: Tx, kind: string, subject: string, payload: object): Promise<void> {
  const now = tx.now.toISOString();
  await tx.db
    .insertInto('outbox')
    .values({
      id: newId('course', tx.now),
      kind,
      subject,
      payload: JSON.stringify(payload),
      attempts: 0,
      next_at: now,
      delivered_at: null,
      last_error: null,
      created_at: now,
    })
    .execute();
}

/** Leaves the making of a licence for the outbox's worker. */
export const enqueueLicence = (tx: Tx, orderId: string): Promise<void> =>
  enqueue(tx, LICENCE_OUTBOX, `course-order:${orderId}`, { orderId });

/** Leaves a tell for the order's partner, if it has one that wants to be told. In order for each partner. */
export async function enqueueTell(tx: Tx, row: OrderRow, type: PartnerTell['type']): Promise<void> {
  if (row.partner_id === null) return;
  const found = await tx.db
    .selectFrom('course_partners as partner')
    .innerJoin('courses as course', 'course.partner_id', 'partner.id')
    .select(['partner.webhook_url', 'partner.webhook_secret_version', 'course.reference'])
    .where('partner.id', '=', row.partner_id)
    .where('course.id', '=', row.course_id)
    .executeTakeFirst();
  // Without a secret nothing could be signed, and nobody could check it.
  if (found === undefined || found.webhook_url === null || found.webhook_secret_version === 0) return;
  const tell: PartnerTell = {
    type,
    orderId: row.id,
    courseId: row.course_id,
    reference: found.reference,
    amount: row.amount,
    currency: row.currency,
    at: tx.now.toISOString(),
  };
  await enqueue(tx, PARTNER_OUTBOX, `course-partner:${row.partner_id}`, { partnerId: row.partner_id, tell });
}
