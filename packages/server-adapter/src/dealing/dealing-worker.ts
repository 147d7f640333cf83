import { type Clock, systemClock } from '../clock.ts';
import type { DealingConnector } from '../connectors/dealing/dealing-connector.ts';
import {
  createOutboxWorker,
  forgetDelivered,
  type OutboxWorker,
  type OutboxWorkerOptions,
} from '../connectors/outbox-worker.ts';
import { DEALING_OUTBOX, expireOrders, type OrdersOptions } from '../orders/index.ts';
import { announceOrders } from './announce.ts';

export interface DealingWorkerOptions
  extends Pick<OrdersOptions, 'store' | 'accountNames' | 'timeZone'>,
    Pick<OutboxWorkerOptions, 'pollMs' | 'backoffMs' | 'onError'> {
  readonly connector: DealingConnector;
  readonly clock?: Clock;
}

const UPKEEP_MS = 60_000;
/** Delivered messages are kept this long, for whoever looks into a dispute with the order system. */
const KEEP_DELIVERED_MS = 7 * 86_400_000;

/** What runs beside the requests: announcing submitted orders, and ending those whose day is over. */
export function createDealingWorker(options: DealingWorkerOptions): OutboxWorker {
  const { connector, clock = systemClock, onError = () => {}, ...rest } = options;
  const outbox = createOutboxWorker({
    ...rest,
    clock,
    onError,
    handlers: { [DEALING_OUTBOX]: announceOrders(options, connector) },
  });
  let timer: NodeJS.Timeout | undefined;
  let upkeep: Promise<unknown> = Promise.resolve();
  const runUpkeep = () => {
    const now = clock.now();
    const forget = () => forgetDelivered(options.store, new Date(now.getTime() - KEEP_DELIVERED_MS));
    upkeep = expireOrders(options, now).then(forget).catch(onError);
  };
  return {
    ...outbox,
    start() {
      outbox.start();
      timer ??= setInterval(runUpkeep, UPKEEP_MS);
      timer.unref();
      runUpkeep();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await upkeep;
      await outbox.stop();
    },
  };
}
