import type { Order } from '@callweave/sdk/protocol';

/** The request was noted: a new draft, a corrected one, or the draft of a change. */
export class CwOrderSavedEvent extends Event {
  readonly order: Order;

  constructor(order: Order) {
    super('cw-order-saved', { bubbles: true, composed: true });
    this.order = order;
  }
}

/** The form was left without saving. */
export class CwOrderFormCloseEvent extends Event {
  constructor() {
    super('cw-order-form-close', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-order-saved': CwOrderSavedEvent;
    'cw-order-form-close': CwOrderFormCloseEvent;
  }
}
