import type { BuyerProfile } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { toProfile } from './buyer-rows.ts';

/** A portion of all buyers, in the order of their customers' ids: whoever goes through all of them can go on after a crash. */
export async function buyersAfter(
  db: Kysely<Database>,
  after: string,
  limit: number,
): Promise<readonly BuyerProfile[]> {
  const rows = await db
    .selectFrom('buyers')
    .selectAll()
    .where('customer_id', '>', after)
    .orderBy('customer_id')
    .limit(limit)
    .execute();
  return rows.map(toProfile);
}
