import type { Domain } from '../domain.ts';
import type { ImportKind } from '../imports/index.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { buyerImport } from './buyer-import.ts';
import type { BuyerFacts } from './keep-buyer.ts';
import { type BuyersParts, createBuyerOperations, makeBuyer } from './operations.ts';

export interface Buyers extends Domain {
  readonly importKind: ImportKind;
  /** Makes a buyer of somebody who is no customer yet, in the caller's write. @returns their customer id */
  makeBuyer(tx: Tx, facts: BuyerFacts, actor: string): Promise<string>;
}

/** Buyers: customers with devices, whom managers enter, correct and invite. */
export function createBuyers(parts: BuyersParts): Buyers {
  return {
    operations: { buyers: createBuyerOperations(parts) },
    importKind: buyerImport(parts) as ImportKind,
    async makeBuyer(tx, facts, actor) {
      if (parts.house.hostBase)
        throw new Problem('customer-kept-by-host', 'Choose one of the customers that the house keeps.');
      return (await makeBuyer(tx, parts, facts, actor)).customer_id;
    },
  };
}
