import {
  type Amount,
  type PriceList,
  type PriceListContent,
  type RenewalYears,
  renewalPriceIn,
} from '@callweave/sdk/protocol';
import type { Selectable } from 'kysely';
import type { BillingTables } from '../store/tables/billing.ts';
import type { Db } from './billing-context.ts';

type PriceListRow = Selectable<BillingTables['price_lists']>;

export function toPriceList(row: PriceListRow): PriceList {
  return {
    ...(JSON.parse(row.content) as PriceListContent),
    id: row.id,
    state: row.state,
    version: row.version,
    revision: row.revision,
    validFrom: row.valid_from,
    updatedAt: row.updated_at,
    publishedAt: row.published_at,
  };
}

/** The version that holds at an instant: `priceListAt` of the contract, as the database finds it. */
export async function priceListInForce(db: Db, at: Date): Promise<PriceList | undefined> {
  const row = await db
    .selectFrom('price_lists')
    .selectAll()
    .where('state', '=', 'published')
    .where('valid_from', '<=', at.toISOString())
    .orderBy('valid_from', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toPriceList(row);
}

export interface RenewalPrice {
  readonly amount: Amount;
  readonly priceListId: string;
  readonly priceListVersion: number;
}

/** What a renewal costs then; undefined when it is not sold. */
export async function priceOfRenewal(
  db: Db,
  { typeId, years, at }: { readonly typeId: string; readonly years: RenewalYears; readonly at: Date },
): Promise<RenewalPrice | undefined> {
  const list = await priceListInForce(db, at);
  const amount = list === undefined ? undefined : renewalPriceIn(list, typeId, years);
  if (list === undefined || amount === undefined) return undefined;
  return { amount, priceListId: list.id, priceListVersion: list.version ?? 0 };
}
