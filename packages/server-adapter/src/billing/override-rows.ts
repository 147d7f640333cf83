import type { BillingOverride } from '@callweave/sdk/protocol';
import type { Selectable } from 'kysely';
import type { BillingTables } from '../store/tables/billing.ts';
import type { Db } from './billing-context.ts';

export type OverrideRow = Selectable<BillingTables['billing_overrides']>;

/** The grant by which a customer may open cases in spite of the ceiling at this instant. */
export function runningOverride(db: Db, customerId: string, at: Date): Promise<OverrideRow | undefined> {
  return db
    .selectFrom('billing_overrides')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('state', '=', 'granted')
    .where('ends_at', '>', at.toISOString())
    .orderBy('ends_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function toOverride(row: OverrideRow, customerName: string): BillingOverride {
  return {
    id: row.id,
    customerId: row.customer_id,
    customerName,
    state: row.state,
    reason: row.reason,
    requestedBy: { id: row.requested_by, name: row.requested_name },
    requestedAt: row.requested_at,
    decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decided_name ?? '' },
    decidedAt: row.decided_at,
    decision: row.decision,
    until: row.ends_at,
  };
}
