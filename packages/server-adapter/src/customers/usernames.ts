import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { OWN } from './customer-rows.ts';

const FIRST = 10_000;
const COUNT = 90_000;

/** The next free 5-digit username (A4): a running number that passes over those that were chosen by hand. */
export async function issueUsername(tx: Tx): Promise<string> {
  for (let tries = 0; tries < COUNT; tries += 1) {
    const username = String(FIRST + (((await tx.next('customer-username')) - 1) % COUNT));
    const taken = await tx.db
      .selectFrom('customers')
      .select('id')
      .where('username', '=', username)
      .where('origin', '=', OWN)
      .executeTakeFirst();
    if (!taken) return username;
  }
  throw new Problem('username-taken', 'All 5-digit usernames are in use.');
}
