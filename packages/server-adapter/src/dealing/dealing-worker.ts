import { type Clock, systemClock } from '../clock.ts';
import type { DealingConnector } from '../connectors/dealing/dealing-connector.ts';
import { createOutboxWorker, type OutboxWorker, type OutboxWorkerOptions } from '../connectors/outbox-worker.ts';
import { DEALING_OUTBOX, expireOrders, type OrdersOptions } from '../orders/index.ts';
import { announceOrders } from './announce.ts';

export interface DealingWorkerOptions
  extends Pick<OrdersOptions, 'store' | 'accountNames' | 'timeZone'>,
    Pick<OutboxWorkerOptions, 'pollMs' | 'backoffMs' | 'onError'> {
  readonly connector: DealingConnector;
  readonly clock?: Clock;
}

const EXPIRY_CHECK_MS = 60_000;

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
  let expiring: Promise<unknown> = Promise.resolve();
  const expire = () => {
    expiring = expireOrders(options, clock.now()).catch(onError);
  };
  return {
    ...outbox,
    start() {
      outbox.start();
      timer ??= setInterval(expire, EXPIRY_CHECK_MS);
      timer.unref();
      expire();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await expiring;
      await outbox.stop();
    },
  };
}
