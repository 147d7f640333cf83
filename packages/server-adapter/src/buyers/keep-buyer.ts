import { type BuyerAddress, foldText, type Locale } from '@callweave/sdk/protocol';
import { changesBetween, recordChange } from '../audit/index.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import type { BuyerRow } from './buyer-rows.ts';

/** Everything that is kept of a buyer. */
export interface BuyerFacts {
  readonly name: string;
  readonly nationalCode: string;
  /** E.164. */
  readonly telephone: string;
  readonly operator: string;
  readonly address: BuyerAddress;
  readonly locale: Locale;
}

const AUDITED = ['name', 'nationalCode', 'telephone', 'operator', 'address', 'locale'] as const;

export function factsOf(row: BuyerRow): BuyerFacts {
  return {
    name: row.name,
    nationalCode: row.national_code,
    telephone: row.telephone,
    operator: row.operator,
    address: { city: row.city, street: row.street, building: row.building },
    locale: row.locale as Locale,
  };
}

/** Writes a buyer, new or corrected, with the audit of each field. The customer behind them is written by the caller. */
export async function keepBuyer(
  tx: Tx,
  customerId: string,
  before: BuyerRow | undefined,
  facts: BuyerFacts,
  { actor, reason }: { readonly actor: string; readonly reason?: string | undefined },
): Promise<BuyerRow> {
  const namesake = await tx.db
    .selectFrom('buyers')
    .select('customer_id')
    .where('national_code', '=', facts.nationalCode)
    .executeTakeFirst();
  if (namesake !== undefined && namesake.customer_id !== customerId)
    throw new Problem('national-code-taken', 'A buyer with this national code exists already.', {
      fields: [{ path: 'nationalCode', message: 'belongs to another buyer' }],
    });
  const now = tx.now.toISOString();
  const row: BuyerRow = {
    customer_id: customerId,
    national_code: facts.nationalCode,
    telephone: facts.telephone,
    operator: facts.operator,
    name: facts.name,
    name_folded: foldText(facts.name),
    city: facts.address.city,
    street: facts.address.street,
    building: facts.address.building,
    locale: facts.locale,
    created_at: before?.created_at ?? now,
    updated_at: now,
  };
  if (before === undefined) await tx.db.insertInto('buyers').values(row).execute();
  else await tx.db.updateTable('buyers').set(row).where('customer_id', '=', customerId).execute();
  await recordChange(tx, {
    actor,
    subject: `buyer:${customerId}`,
    changes: changesBetween<BuyerFacts>(before && factsOf(before), facts, AUDITED),
    reason,
  });
  return row;
}
