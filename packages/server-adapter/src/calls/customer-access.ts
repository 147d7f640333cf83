import type { Kysely } from 'kysely';
import type { Caller } from '../http/operation.ts';
import type { Database } from '../store/schema.ts';
import { agentsWithCustomer } from './with-customer.ts';

const SEES_ALL: ReadonlySet<string> = new Set(['technician', 'supervisor', 'manager']);

/**
 * Whether somebody may look at what a customer has bought and owes: buyers at their own, agents at that of whom they have
 * on the line (it rings at them, they talk, they write it up), the others of the house at everybody's.
 */
export async function maySeeCustomer(
  db: Kysely<Database>,
  customerId: string,
  { roles, accountId, customerId: own }: Caller,
): Promise<boolean> {
  if (roles.some((role) => SEES_ALL.has(role))) return true;
  if (roles.includes('agent')) return (await agentsWithCustomer(db, customerId)).includes(accountId);
  return customerId === own;
}
