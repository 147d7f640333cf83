export { type BuyerRow, findBuyer, findBuyerByNationalCode, findBuyers } from './buyer-rows.ts';
export { buyersAfter } from './buyers-after.ts';
export { type Buyers, createBuyers } from './create-buyers.ts';
export type { BuyersParts } from './operations.ts';
