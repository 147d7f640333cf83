import { isNationalCode, type NumberingPlan, normalizeNumber, toAsciiDigits } from '@callweave/sdk/protocol';
import { startsWith } from '../store/starts-with.ts';
import type { Store } from '../store/store.ts';
import { type CustomerRow, OWN, toDirectoryCustomers } from './customer-rows.ts';
import type { Directory } from './directory.ts';
import { wordsOf } from './name-words.ts';

/** Our own customer base: the default directory. */
export function embeddedDirectory(store: Store, plan: NumberingPlan): Directory {
  const { db } = store;
  const own = () => db.selectFrom('customers').selectAll('customers').where('origin', '=', OWN);

  const rowsByNumber = (number: string) =>
    own()
      .where('id', 'in', db.selectFrom('customer_numbers').select('customer_id').where('number', '=', number))
      .orderBy('username')
      .execute();

  async function rowsByName(query: string, limit: number): Promise<CustomerRow[]> {
    const words = wordsOf(query);
    if (words.length === 0) return [];
    const whole = words.join('');
    const withWord = (prefix: string) =>
      db.selectFrom('customer_words').select('customer_id').where(startsWith('word', prefix));
    const rows = await own()
      .where(({ or, and, eb }) =>
        or([and(words.map((word) => eb('id', 'in', withWord(word)))), eb('id', 'in', withWord(whole))]),
      )
      .orderBy('name_folded')
      .limit(Math.max(limit * 3, 50))
      .execute();
    const folded = words.join(' ');
    const rank = ({ name_folded }: CustomerRow) =>
      name_folded === folded ? 0 : name_folded.startsWith(folded) ? 1 : 2;
    return rows.sort((a, b) => rank(a) - rank(b));
  }

  async function rowsByDigits(query: string): Promise<CustomerRow[]> {
    const digits = toAsciiDigits(query).trim();
    const found: CustomerRow[] = [];
    if (/^\d{3,5}$/.test(digits))
      found.push(...(await own().where(startsWith('username', digits)).orderBy('username').limit(50).execute()));
    if (isNationalCode(digits)) found.push(...(await own().where('national_code', '=', digits).execute()));
    const number = normalizeNumber(digits, plan);
    if (number !== undefined) found.push(...(await rowsByNumber(number)));
    return found;
  }

  return {
    async findByNumber(number) {
      return toDirectoryCustomers(db, await rowsByNumber(number));
    },
    async findById(id) {
      return (await toDirectoryCustomers(db, await own().where('id', '=', id).execute()))[0];
    },
    async search(query, limit) {
      const rows = [...(await rowsByDigits(query)), ...(await rowsByName(query, limit))];
      const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
      return toDirectoryCustomers(db, unique.slice(0, limit));
    },
    async servedBy(accountId) {
      const rows = await db
        .selectFrom('customers')
        .select('id')
        .where('origin', '=', OWN)
        .where((eb) => eb.or([eb('first_responder', '=', accountId), eb('second_responder', '=', accountId)]))
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
