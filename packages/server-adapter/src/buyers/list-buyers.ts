import { type Buyer, isNationalCode, normalizeNumber, toAsciiDigits } from '@callweave/sdk/protocol';
import type { BuyerRow } from './buyer-rows.ts';
import { viewBuyers } from './buyer-view.ts';
import type { BuyersParts } from './operations.ts';

interface ListInput {
  readonly query?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** How many customers of the base are looked at for one search: those among them who are buyers are shown. */
const SEARCHED = 200;

export async function listBuyers(
  parts: BuyersParts,
  { query, after, limit }: ListInput,
): Promise<{ buyers: Buyer[]; next: string | null }> {
  const { store, clock, house } = parts;
  const rows = query === undefined ? await page(parts, after, limit + 1) : await search(parts, query, limit);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    buyers: await viewBuyers(store.db, shown, house, clock.now()),
    next: query === undefined && rows.length > limit && last !== undefined ? last.customer_id : null,
  };
}

async function page({ store: { db } }: BuyersParts, after: string | undefined, limit: number): Promise<BuyerRow[]> {
  const from =
    after === undefined
      ? undefined
      : await db.selectFrom('buyers').select('name_folded').where('customer_id', '=', after).executeTakeFirst();
  return db
    .selectFrom('buyers')
    .selectAll()
    .$if(from !== undefined, (rows) =>
      rows.where(({ or, and, eb }) =>
        or([
          eb('name_folded', '>', from?.name_folded ?? ''),
          and([eb('name_folded', '=', from?.name_folded ?? ''), eb('customer_id', '>', after ?? '')]),
        ]),
      ),
    )
    .orderBy('name_folded')
    .orderBy('customer_id')
    .limit(limit)
    .execute();
}

async function search(
  { store: { db }, directory, plan }: BuyersParts,
  query: string,
  limit: number,
): Promise<BuyerRow[]> {
  const digits = toAsciiDigits(query).trim();
  const number = normalizeNumber(digits, plan);
  const customers = await directory.search(query, SEARCHED);
  const ids = customers.map(({ id }) => id);
  const rows = await db
    .selectFrom('buyers')
    .selectAll()
    .where(({ or, eb }) =>
      or([
        ...(ids.length > 0 ? [eb('customer_id', 'in', ids)] : []),
        ...(isNationalCode(digits) ? [eb('national_code', '=', digits)] : []),
        ...(number === undefined ? [] : [eb('telephone', '=', number)]),
      ]),
    )
    .limit(SEARCHED)
    .execute();
  // The base puts the best match first.
  const place = new Map(ids.map((id, index) => [id, index]));
  const rank = ({ customer_id }: BuyerRow) => place.get(customer_id) ?? -1;
  return rows.sort((a, b) => rank(a) - rank(b)).slice(0, limit);
}
