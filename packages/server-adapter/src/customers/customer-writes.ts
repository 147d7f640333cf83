import { type CustomerKind, foldText, type Locale } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { OWN } from './customer-rows.ts';
import { indexedWordsOf } from './name-words.ts';
import { issueUsername } from './usernames.ts';

export interface CustomerIdentity {
  readonly name: string;
  readonly nationalCode: string;
  /** E.164, the first one first. */
  readonly numbers: readonly string[];
  readonly locale: Locale;
}

/** A customer of our own base who never gives orders by telephone: without a PIN and without questions. */
export async function insertPlainCustomer(
  tx: Tx,
  customer: CustomerIdentity & { readonly kind: CustomerKind },
): Promise<string> {
  await requireFree(tx, { nationalCode: customer.nationalCode });
  const id = newId('customer', tx.now);
  const now = tx.now.toISOString();
  await tx.db
    .insertInto('customers')
    .values({
      id,
      username: await issueUsername(tx),
      name: customer.name,
      name_folded: foldText(customer.name),
      kind: customer.kind,
      national_code: customer.nationalCode,
      first_responder: null,
      second_responder: null,
      contract_signed_on: null,
      pin_hash: null,
      pin_state: 'none',
      failures: 0,
      locked: 0,
      locale: customer.locale,
      branch: 'call centre',
      created_at: now,
      updated_at: now,
      origin: 'own',
    })
    .execute();
  await writeNumbers(tx, id, customer.numbers);
  await writeWords(tx, id, customer.name);
  return id;
}

/** Corrects who a customer of our own base is. */
export async function updateIdentity(tx: Tx, customerId: string, identity: CustomerIdentity): Promise<void> {
  await requireFree(tx, { nationalCode: identity.nationalCode }, customerId);
  await tx.db
    .updateTable('customers')
    .set({
      name: identity.name,
      name_folded: foldText(identity.name),
      national_code: identity.nationalCode,
      locale: identity.locale,
      updated_at: tx.now.toISOString(),
    })
    .where('id', '=', customerId)
    .where('origin', '=', OWN)
    .execute();
  await writeNumbers(tx, customerId, identity.numbers);
  await writeWords(tx, customerId, identity.name);
}

/** No other customer of our own base has this username or national code. */
export async function requireFree(
  tx: Tx,
  wanted: { username?: string; nationalCode?: string },
  self?: string,
): Promise<void> {
  const taken = async (column: 'username' | 'national_code', value: string | undefined) => {
    if (value === undefined) return false;
    const row = await tx.db
      .selectFrom('customers')
      .select('id')
      .where(column, '=', value)
      .where('origin', '=', OWN)
      .executeTakeFirst();
    return row !== undefined && row.id !== self;
  };
  if (await taken('national_code', wanted.nationalCode)) {
    throw new Problem('national-code-taken', 'A customer with this national code exists already.', {
      fields: [{ path: 'nationalCode', message: 'belongs to another customer' }],
    });
  }
  if (await taken('username', wanted.username)) {
    throw new Problem('username-taken', `The username ${wanted.username} is taken.`, {
      fields: [{ path: 'username', message: 'is taken' }],
    });
  }
}

export async function writeNumbers(tx: Tx, customerId: string, numbers: readonly string[]): Promise<void> {
  await tx.db.deleteFrom('customer_numbers').where('customer_id', '=', customerId).execute();
  await tx.db
    .insertInto('customer_numbers')
    .values(numbers.map((number, position) => ({ customer_id: customerId, number, position })))
    .execute();
}

export async function writeWords(tx: Tx, customerId: string, name: string): Promise<void> {
  await tx.db.deleteFrom('customer_words').where('customer_id', '=', customerId).execute();
  const words = indexedWordsOf(name);
  if (words.length > 0)
    await tx.db
      .insertInto('customer_words')
      .values(words.map((word) => ({ customer_id: customerId, word })))
      .execute();
}

/** Which of these national codes a customer of our own base has already. */
export async function takenNationalCodes(db: Tx['db'], codes: readonly string[]): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set();
  const rows = await db
    .selectFrom('customers')
    .select('national_code')
    .where('national_code', 'in', [...codes])
    .where('origin', '=', OWN)
    .execute();
  return new Set(rows.map(({ national_code }) => national_code));
}
