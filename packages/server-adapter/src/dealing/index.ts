export { announceOrders } from './announce.ts';
export { createDealing } from './operations.ts';
export { createDealingWorker, type DealingWorkerOptions } from './dealing-worker.ts';
