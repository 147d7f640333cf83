export { billedBuyers } from './billed-buyer.ts';
export type { BalancePayment, BalancePayments, BilledTo } from './billing-context.ts';
export { type Billing, type CreateBillingParts, createBilling, type Debt } from './create-billing.ts';
export { monthOf } from './month-of.ts';
export { type BillingOptions, DEFAULT_CEILING } from './policy.ts';
export { priceListInForce, priceOfRenewal, type RenewalPrice } from './price-list-rows.ts';
export type { WorkRecord } from './record-work.ts';
