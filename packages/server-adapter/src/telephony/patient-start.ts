import { setTimeout as sleep } from 'node:timers/promises';
import { type Exchange, ExchangeError } from './exchange.ts';

export interface PatientStartOptions {
  /** Told of the first attempt that failed for want of an exchange. */
  readonly onDown: (error: unknown) => void;
  /** Pause between attempts. @default 2000 */
  readonly retryMs?: number;
}

/**
 * An exchange whose `start` waits for it to be there, so that a desk starts while its exchange is down: customers, orders
 * and recordings work, and calls follow. What waiting cannot mend (a wrong password, a version with known holes) rejects.
 */
export function patientStart(exchange: Exchange, { onDown, retryMs = 2_000 }: PatientStartOptions): Exchange {
  let stopping = new AbortController();

  async function start(): Promise<void> {
    stopping = new AbortController();
    const { signal } = stopping;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await exchange.start();
      } catch (error) {
        if (!isAbsent(error)) throw error;
        if (attempt === 1) onDown(error);
        await sleep(retryMs, undefined, { signal, ref: false }).catch(() => {});
        if (signal.aborted)
          throw new ExchangeError('exchange-down', 'The desk was stopped before its exchange was there.', {
            cause: error,
          });
      }
    }
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await exchange.stop();
  }

  return new Proxy(exchange, {
    get(target, key) {
      if (key === 'start') return start;
      if (key === 'stop') return stop;
      const value: unknown = Reflect.get(target, key, target);
      // Bound to the driver itself: its private fields are not reachable through a proxy.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function isAbsent(error: unknown): boolean {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'ExchangeError' && (code === 'exchange-down' || code === 'unreachable' || code === 'failed');
}
