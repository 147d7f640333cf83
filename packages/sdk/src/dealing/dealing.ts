import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { dealingRoutes } from '../http/routes/dealing.ts';
import { OrderList } from '../orders/orders.ts';
import type { Order } from '../protocol/order.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** The dealing floor (A12). */
export interface Dealing {
  /** Announced orders and those being acted on; newest first. Loaded on the first {@link open}. */
  readonly queue: Readable<Loadable<readonly Order[]>>;
  /** Begins to follow the queue; returns the function that ends it. */
  open(): () => void;
  claim(orderId: string): Promise<Order>;
  release(orderId: string): Promise<Order>;
  accept(orderId: string): Promise<Order>;
  fill(orderId: string, quantity: number, rial: number): Promise<Order>;
  reject(orderId: string, reason: string): Promise<Order>;
  return(orderId: string, reason: string): Promise<Order>;
}

export interface DealingManager extends Dealing {
  reload(): void;
  reset(): void;
  handleOrder(order: Order): void;
}

const ON_THE_FLOOR: ReadonlySet<Order['state']> = new Set(['announced', 'accepted', 'partly-filled']);

export function createDealing(client: Pick<Client, 'dealing'>): DealingManager {
  let followers = 0;
  const list = new OrderList(
    (order) => ON_THE_FLOOR.has(order.state),
    async () => (await client.dealing.queue()).orders,
  );
  const after = async (answer: Promise<Order>): Promise<Order> => {
    const order = await answer;
    list.put(order);
    return order;
  };
  return {
    queue: list.state,
    open() {
      followers += 1;
      if (followers === 1) void list.load();
      let open = true;
      return () => {
        if (open) followers -= 1;
        open = false;
      };
    },
    reload() {
      if (followers > 0) void list.load();
    },
    reset: () => list.reset(),
    handleOrder: (order) => list.put(order),
    claim: (orderId) => after(client.dealing.claim({ orderId })),
    release: (orderId) => after(client.dealing.release({ orderId })),
    accept: (orderId) => after(client.dealing.accept({ orderId })),
    fill: (orderId, quantity, rial) => after(client.dealing.fill({ orderId, quantity, rial })),
    reject: (orderId, reason) => after(client.dealing.reject({ orderId, reason })),
    return: (orderId, reason) => after(client.dealing.return({ orderId, reason })),
  };
}

/** The dealing floor. */
export const dealing: Feature<Dealing> = {
  name: 'dealing',
  create({ clientFor, on, keep }) {
    const made = createDealing(clientFor({ dealing: dealingRoutes }));
    on('order', ({ data }) => made.handleOrder(data));
    keep(made);
    return made;
  },
};
