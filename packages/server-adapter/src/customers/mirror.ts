import type { CustomerSummary } from '@callweave/sdk/protocol';
import { foldText } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { preparedList } from '../store/prepared.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { DirectoryCustomer } from './directory.ts';

/**
 * Makes sure that a row of ours stands for this customer, and that it shows what the directory says now. Call it in the
 * first write that needs the customer: orders and events then never ask the host inside a transaction. A row of our own
 * base is left alone.
 */
export async function mirrorCustomer(tx: Tx, customer: DirectoryCustomer): Promise<void> {
  const shown = {
    name: customer.name,
    name_folded: foldText(customer.name),
    username: customer.username,
    kind: customer.kind,
    locale: customer.locale,
  };
  const now = tx.now.toISOString();
  await tx.db
    .insertInto('customers')
    .values({
      ...shown,
      id: customer.id,
      national_code: '',
      first_responder: null,
      second_responder: null,
      contract_signed_on: null,
      pin_hash: null,
      pin_state: 'none',
      failures: 0,
      locked: 0,
      branch: '',
      created_at: now,
      updated_at: now,
      origin: 'host',
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(shown).where('customers.origin', '=', 'host'))
    .execute();
}

const summaries = preparedList((db, ids) =>
  db.selectFrom('customers').select(['id', 'name', 'username', 'kind']).where('id', 'in', ids),
);

/** What badges and order lists show of these customers, by id. */
export async function customerSummaries(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, CustomerSummary>> {
  if (ids.length === 0) return new Map();
  const rows = await summaries(db, [...new Set(ids)]);
  return new Map(rows.map((row) => [row.id, { ...row, kind: row.kind as CustomerSummary['kind'] }]));
}
