export { type CreateTransfersParts, createTransfers, type Transfers } from './create-transfers.ts';
export type { TransfersOptions } from './transfer-parts.ts';
