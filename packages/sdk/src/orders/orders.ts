import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { ordersRoutes } from '../http/routes/orders.ts';
import type { Order, OrderTerms } from '../protocol/order.ts';
import type { Locale } from '../protocol/primitives.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';

export type OrderFilter = { readonly callId: string } | { readonly customerId: string } | { readonly all: true };

export interface ReadBackLine {
  readonly instructionId: string;
  /** The sentence to read to the customer. */
  readonly text: string;
}

export interface Orders {
  /** A live list: loaded once, then kept true by events. `close()` ends it. */
  follow(filter: OrderFilter): FollowedOrders;
  get(orderId: string): Promise<Order>;
  draft(callId: string, terms: OrderTerms): Promise<Order>;
  edit(orderId: string, terms: OrderTerms): Promise<Order>;
  discard(orderId: string): Promise<void>;
  draftChange(orderId: string, callId: string, terms: OrderTerms): Promise<Order>;
  draftWithdrawal(orderId: string, callId: string): Promise<Order>;
  readBack(callId: string, instructionIds: readonly string[], locale?: Locale): Promise<readonly ReadBackLine[]>;
  submit(
    callId: string,
    instructionIds: readonly string[],
    options?: { readonly idempotencyKey?: string },
  ): Promise<readonly Order[]>;
}

export interface FollowedOrders {
  /** Newest first. */
  readonly state: Readable<Loadable<readonly Order[]>>;
  reload(): Promise<void>;
  close(): void;
}

export interface OrdersManager extends Orders {
  reload(): void;
  reset(): void;
  handleOrder(order: Order): void;
  handleRemoved(orderId: string): void;
}

export function createOrders(client: Pick<Client, 'orders'>): OrdersManager {
  const followed = new Set<OrderList>();
  const handleOrder = (order: Order) => {
    for (const list of followed) list.put(order);
  };
  const handleRemoved = (orderId: string) => {
    for (const list of followed) list.remove(orderId);
  };
  const after = async (answer: Promise<Order>): Promise<Order> => {
    const order = await answer;
    handleOrder(order);
    return order;
  };
  return {
    follow(filter) {
      const list = new OrderList(filter, () =>
        client.orders.list('all' in filter ? {} : filter).then(({ orders }) => orders),
      );
      followed.add(list);
      void list.load();
      return { state: list.state, reload: () => list.load(), close: () => followed.delete(list) };
    },
    reload() {
      for (const list of followed) void list.load();
    },
    reset() {
      for (const list of followed) list.reset();
    },
    handleOrder,
    handleRemoved,
    get: (orderId) => client.orders.get({ orderId }),
    draft: (callId, terms) => after(client.orders.draft({ callId, terms })),
    edit: (orderId, terms) => after(client.orders.edit({ orderId, terms })),
    async discard(orderId) {
      await client.orders.discard({ orderId });
      // The draft of a withdrawal leaves the order itself behind: the event, not we, says which it was.
    },
    draftChange: (orderId, callId, terms) => after(client.orders.draftChange({ orderId, callId, terms })),
    draftWithdrawal: (orderId, callId) => after(client.orders.draftWithdrawal({ orderId, callId })),
    async readBack(callId, instructionIds, locale) {
      const { orders, lines } = await client.orders.readBack({
        callId,
        instructionIds: [...instructionIds],
        ...(locale ? { locale } : {}),
      });
      orders.forEach(handleOrder);
      return lines;
    },
    async submit(callId, instructionIds, options) {
      const { orders } = await client.orders.submit({ callId, instructionIds: [...instructionIds] }, options);
      orders.forEach(handleOrder);
      return orders;
    },
  };
}

/** One followed list. Newer versions win, whichever way they come. */
export class OrderList {
  readonly state = new Value<Loadable<readonly Order[]>>(LOADING);
  readonly #matches: (order: Order) => boolean;
  readonly #fetch: () => Promise<readonly Order[]>;
  /** What changed while a load was under way; null: removed. */
  #during: Map<string, Order | null> | undefined;

  constructor(filter: OrderFilter | ((order: Order) => boolean), fetch: () => Promise<readonly Order[]>) {
    this.#matches = typeof filter === 'function' ? filter : matcher(filter);
    this.#fetch = fetch;
  }

  async load(): Promise<void> {
    const during = new Map<string, Order | null>();
    this.#during = during;
    try {
      const loaded = new Map((await this.#fetch()).map((order) => [order.id, order]));
      // Another load has begun since, or whose list it was has gone.
      if (this.#during !== during) return;
      for (const [id, order] of during) {
        if (order === null || !this.#matches(order)) loaded.delete(id);
        else loaded.set(id, order);
      }
      this.#show([...loaded.values()]);
    } catch (error) {
      if (this.#during === during && this.state.get().status !== 'ready') this.state.set({ status: 'failed', error });
    } finally {
      if (this.#during === during) this.#during = undefined;
    }
  }

  /** Forgets what is there, and what is on its way: it belonged to somebody else. */
  reset(): void {
    this.#during = undefined;
    this.state.set(LOADING);
  }

  put(order: Order): void {
    this.#during?.set(order.id, order);
    const present = this.state.get();
    if (present.status !== 'ready') return;
    const known = present.value.find((other) => other.id === order.id);
    if (known && known.updatedAt > order.updatedAt) return;
    const others = present.value.filter((other) => other.id !== order.id);
    if (this.#matches(order)) this.#show([...others, order]);
    else if (known) this.#show(others);
  }

  remove(orderId: string): void {
    this.#during?.set(orderId, null);
    const present = this.state.get();
    if (present.status === 'ready') this.#show(present.value.filter((order) => order.id !== orderId));
  }

  #show(orders: readonly Order[]): void {
    this.state.set({
      status: 'ready',
      value: [...orders].sort((a, b) => b.number - a.number || (a.createdAt < b.createdAt ? 1 : -1)),
    });
  }
}

function matcher(filter: OrderFilter): (order: Order) => boolean {
  if ('callId' in filter)
    return (order) => order.instructions.some((instruction) => instruction.callId === filter.callId);
  if ('customerId' in filter) return (order) => order.customer.id === filter.customerId;
  return () => true;
}

/** Orders that customers give by telephone. */
export const orders: Feature<Orders> = {
  name: 'orders',
  create({ clientFor, on, keep }) {
    const made = createOrders(clientFor({ orders: ordersRoutes }));
    on('order', ({ data }) => made.handleOrder(data));
    on('order-removed', ({ data }) => made.handleRemoved(data.id));
    keep(made);
    return made;
  },
};
