import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

/** How many tickets of a customer are not closed. */
export async function openTicketsOf(db: Kysely<Database>, customerId: string): Promise<number> {
  const { count } = await db
    .selectFrom('tickets')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .where('closed', '=', 0)
    .executeTakeFirstOrThrow();
  return Number(count);
}
