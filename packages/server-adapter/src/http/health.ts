import type { contract } from '@callweave/sdk/protocol';
import type { Store } from '../store/store.ts';
import type { Exchange } from '../telephony/exchange.ts';
import type { Implementation } from './operation.ts';

export interface ExchangeWatch {
  readonly state: 'up' | 'down' | 'none';
  stop(): void;
}

export function watchExchange(exchange: Exchange | undefined): ExchangeWatch {
  let state: ExchangeWatch['state'] = exchange === undefined ? 'none' : 'down';
  const unsubscribe = exchange?.subscribe((event) => {
    if (event.type === 'up' || event.type === 'down') state = event.type;
  });
  return {
    get state() {
      return state;
    },
    stop: () => unsubscribe?.(),
  };
}

/** Says "down" rather than failing: this is what a load balancer and a person in trouble look at. */
export function createHealth(store: Store, watch: ExchangeWatch): Implementation<typeof contract.health> {
  return {
    async get() {
      const up = await store.db
        .selectFrom('schema_migrations' as never)
        .select('name' as never)
        .limit(1)
        .execute()
        .then(
          () => true,
          () => false,
        );
      return { ok: up && watch.state !== 'down', store: up ? 'up' : 'down', exchange: watch.state };
    },
  };
}
