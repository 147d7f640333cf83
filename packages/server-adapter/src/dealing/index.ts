export { announceOrders } from './announce.ts';
export { createDealingWorker, type DealingWorkerOptions } from './dealing-worker.ts';
export { createDealing } from './operations.ts';
