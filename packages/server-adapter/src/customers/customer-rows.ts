import type { Customer } from '@callweave/sdk/protocol';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { DirectoryCustomer } from './directory.ts';

export type CustomerRow = Database['customers'];
type Db = Kysely<Database>;

/** For `origin`. Written out in the query: a plan made before its parameters are known cannot use an index over our own rows alone. */
export const OWN = sql.lit('own' as const);

export async function loadRow(db: Db, id: string): Promise<CustomerRow | undefined> {
  return db.selectFrom('customers').selectAll().where('id', '=', id).executeTakeFirst();
}

const respondersOf = (row: CustomerRow): string[] =>
  [row.first_responder, row.second_responder].filter((id) => id !== null);

async function numbersOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const numbers = new Map<string, string[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return numbers;
  const rows = await db
    .selectFrom('customer_numbers')
    .selectAll()
    .where('customer_id', 'in', ids)
    .orderBy('position')
    .execute();
  for (const { customer_id, number } of rows) numbers.get(customer_id)?.push(number);
  return numbers;
}

/** Rows of our own base as the directory shows them, in the order given. */
export async function toDirectoryCustomers(db: Db, rows: readonly CustomerRow[]): Promise<DirectoryCustomer[]> {
  const numbers = await numbersOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    username: row.username,
    kind: row.kind as DirectoryCustomer['kind'],
    numbers: numbers.get(row.id) ?? [],
    responders: respondersOf(row),
    contractSignedOn: row.contract_signed_on,
    locale: row.locale as DirectoryCustomer['locale'],
  }));
}

/**
 * A customer as the contract shows it. `known` is what the directory says; the row adds what only we keep, and may be
 * missing while a host's customer has no secrets here yet.
 */
export async function toCustomer(db: Db, known: DirectoryCustomer, row: CustomerRow | undefined): Promise<Customer> {
  const questions = row
    ? await db
        .selectFrom('security_questions')
        .select(['id', 'text'])
        .where('customer_id', '=', row.id)
        .orderBy('position')
        .execute()
    : [];
  return {
    id: known.id,
    name: known.name,
    username: known.username,
    kind: known.kind,
    nationalCode: row?.national_code ?? '',
    numbers: [...known.numbers],
    responders: [...known.responders],
    contractSignedOn: known.contractSignedOn,
    questions,
    pin: (row?.pin_state ?? 'none') as Customer['pin'],
    locked: row?.locked === 1,
    locale: known.locale,
    branch: row?.branch ?? '',
  };
}
