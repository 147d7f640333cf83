import type { BuyerProfile, Locale } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../store/schema.ts';

export type BuyerRow = Selectable<Database['buyers']>;
type Db = Kysely<Database>;

/** @returns the row, and only that: the customer behind it is the directory's matter */
export async function loadBuyer(db: Db, customerId: string): Promise<BuyerRow | undefined> {
  return db.selectFrom('buyers').selectAll().where('customer_id', '=', customerId).executeTakeFirst();
}

/** What the portal needs to know of a buyer: name, address and number as the manager entered them. */
export async function findBuyer(db: Db, customerId: string): Promise<BuyerProfile | undefined> {
  const row = await loadBuyer(db, customerId);
  return row && toProfile(row);
}

/** The buyer who has this national code. */
export async function findBuyerByNationalCode(db: Db, nationalCode: string): Promise<BuyerProfile | undefined> {
  const row = await db.selectFrom('buyers').selectAll().where('national_code', '=', nationalCode).executeTakeFirst();
  return row && toProfile(row);
}

/** Several at once, by customer. */
export async function findBuyers(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, BuyerProfile>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('buyers')
    .selectAll()
    .where('customer_id', 'in', [...customerIds])
    .execute();
  return new Map(rows.map((row) => [row.customer_id, toProfile(row)]));
}

export function toProfile(row: BuyerRow): BuyerProfile {
  return {
    customerId: row.customer_id,
    name: row.name,
    nationalCode: row.national_code,
    operator: row.operator,
    address: { city: row.city, street: row.street, building: row.building },
    telephone: row.telephone,
    locale: row.locale as Locale,
  };
}
