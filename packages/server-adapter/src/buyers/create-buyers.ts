import type { Domain } from '../domain.ts';
import type { ImportKind } from '../imports/index.ts';
import { buyerImport } from './buyer-import.ts';
import { type BuyersParts, createBuyerOperations } from './operations.ts';

export interface Buyers extends Domain {
  readonly importKind: ImportKind;
}

/** Buyers: customers with devices, whom managers enter, correct and invite. */
export function createBuyers(parts: BuyersParts): Buyers {
  return {
    operations: { buyers: createBuyerOperations(parts) },
    importKind: buyerImport(parts) as ImportKind,
  };
}
