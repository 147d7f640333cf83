import type { Order } from '@callweave/sdk/protocol';

/** An order was opened in the list, or closed again. */
export class CwOrderOpenEvent extends Event {
  readonly order: Order | undefined;

  constructor(order: Order | undefined) {
    super('cw-order-open', { bubbles: true, composed: true });
    this.order = order;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-order-open': CwOrderOpenEvent;
  }
}
