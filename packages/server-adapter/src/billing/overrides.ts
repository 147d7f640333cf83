import type { BillingOverride, contract } from '@callweave/sdk/protocol';
import { maySeeCustomer } from '../calls/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Audience, Tx } from '../store/store.ts';
import { publishBalance } from './account-entries.ts';
import type { BillingContext, Db } from './billing-context.ts';
import { type OverrideRow, runningOverride, toOverride } from './override-rows.ts';

const LONGEST_MS = 366 * 86_400_000;
/** Those who decide; who asked is told by {@link tell}. */
const DECIDERS: Audience = ['role:supervisor', 'role:manager'];

/** The contract's `billingOverrides`: asked for with a reason, granted until an instant, and never silently. */
export function createOverrides(context: BillingContext): Implementation<typeof contract.billingOverrides> {
  const { store, customerOf } = context;

  async function known(tx: Tx, id: string): Promise<OverrideRow> {
    const row = await tx.db.selectFrom('billing_overrides').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new Problem('not-found', `There is no override ${id}.`);
    return row;
  }

  async function shown(db: Db, row: OverrideRow): Promise<BillingOverride> {
    return toOverride(row, (await customerOf(db, row.customer_id))?.name ?? '');
  }

  async function decide(
    tx: Tx,
    row: OverrideRow,
    caller: Caller,
    change: Pick<OverrideRow, 'state'> & Partial<Pick<OverrideRow, 'decision' | 'ends_at'>>,
  ): Promise<BillingOverride> {
    const after = await tx.db
      .updateTable('billing_overrides')
      .set({
        ...change,
        decided_by: caller.accountId,
        decided_name: caller.name,
        decided_at: tx.now.toISOString(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return tell(tx, after, caller.accountId);
  }

  async function tell(tx: Tx, row: OverrideRow, actor: string): Promise<BillingOverride> {
    // The reasons stand in the table: the chain holds no free text.
    await tx.record({
      actor,
      action: `billing-override.${row.state}`,
      subject: `billing-override:${row.id}`,
      data: { customerId: row.customer_id, until: row.ends_at },
    });
    const data = await shown(tx.db, row);
    await tx.publish({ type: 'billing-override', data }, DECIDERS);
    await publishBalance(tx, context, row.customer_id);
    return data;
  }

  return {
    async list({ state, customerId, limit }) {
      let query = store.db.selectFrom('billing_overrides').selectAll().orderBy('requested_at', 'desc').limit(limit);
      if (state !== undefined) query = query.where('state', '=', state);
      if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
      const rows = await query.orderBy('id', 'desc').execute();
      return { overrides: await Promise.all(rows.map((row) => shown(store.db, row))) };
    },

    request: {
      async write(tx, { customerId, reason }, { caller }) {
        if (!(await maySeeCustomer(tx.db, customerId, caller)) || (await customerOf(tx.db, customerId)) === undefined)
          throw new Problem('not-found', `There is no customer ${customerId}.`);
        const open = await tx.db
          .selectFrom('billing_overrides')
          .select('id')
          .where('customer_id', '=', customerId)
          .where('state', '=', 'requested')
          .executeTakeFirst();
        if (open !== undefined || (await runningOverride(tx.db, customerId, tx.now)) !== undefined)
          throw new Problem('override-open', 'The customer has an open request, or a grant that still runs.');
        const row = await tx.db
          .insertInto('billing_overrides')
          .values({
            id: newId('override', tx.now),
            customer_id: customerId,
            state: 'requested',
            reason,
            requested_by: caller.accountId,
            requested_name: caller.name,
            requested_at: tx.now.toISOString(),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return tell(tx, row, caller.accountId);
      },
    },

    grant: {
      async write(tx, { overrideId, until }, { caller }) {
        const row = await known(tx, overrideId);
        if (row.state !== 'requested') throw new Problem('override-closed', 'This request has been decided on.');
        const ms = Date.parse(until) - tx.now.getTime();
        if (ms <= 0 || ms > LONGEST_MS)
          throw new Problem('override-end', 'An override ends in the future, within a year.', {
            fields: [{ path: 'until', message: 'must be in the future, within a year' }],
          });
        return decide(tx, row, caller, { state: 'granted', ends_at: until });
      },
    },

    decline: {
      async write(tx, { overrideId, reason }, { caller }) {
        const row = await known(tx, overrideId);
        if (row.state !== 'requested') throw new Problem('override-closed', 'This request has been decided on.');
        return decide(tx, row, caller, { state: 'declined', decision: reason });
      },
    },

    end: {
      async write(tx, { overrideId, reason }, { caller }) {
        const row = await known(tx, overrideId);
        if (row.state !== 'granted' || (row.ends_at ?? '') <= tx.now.toISOString())
          throw new Problem('override-closed', 'This override does not run.');
        return decide(tx, row, caller, { state: 'ended', decision: reason });
      },
    },
  };
}
