import type { CallReader } from '../orders/index.ts';

/** What orders may ask of calls without a write. */
export const callReader: CallReader = {
  async customerOf(db, callId) {
    const row = await db.selectFrom('calls').select('customer_id').where('id', '=', callId).executeTakeFirst();
    return row?.customer_id ?? undefined;
  },
  async isServing(db, accountId, customerId) {
    const row = await db
      .selectFrom('calls')
      .select('id')
      .where('agent_id', '=', accountId)
      .where('customer_id', '=', customerId)
      .where('state', '=', 'answered')
      .executeTakeFirst();
    return row !== undefined;
  },
};
