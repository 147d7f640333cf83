import type { Role } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

/** Active accounts that have one of these roles, by name. */
export async function accountsWithRole(
  db: Kysely<Database>,
  wanted: readonly Role[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'name', 'roles'])
    .where('active', '=', 1)
    // Few accounts have a role of the house; the many buyers are not read for it.
    .where((eb) => eb.or(wanted.map((role) => eb('roles', 'like', `%"${role}"%`))))
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows
    .filter(({ roles }) => (JSON.parse(roles) as Role[]).some((role) => wanted.includes(role)))
    .map(({ id, name }) => ({ id, name }));
}
