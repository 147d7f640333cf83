export { DEALING_OUTBOX, type DealingJob } from './dealing-outbox.ts';
export { dayIn } from './market-day.ts';
export { findOrder, loadOrder, orderHash, type OrderRecord, recordsOf } from './order-records.ts';
export { sealStep, stateAfter, updateOrder } from './order-steps.ts';
export { showOrders, termsOf } from './order-views.ts';
export type { OrdersOptions } from './orders-context.ts';
export { createOrders } from './operations.ts';
export { instructionsInRecording } from './recording-links.ts';
export type { CallReader, CallSeal, RequireCall } from './seal.ts';
