import type { Order } from '@callweave/sdk/protocol';

/** Requests were submitted to the dealing floor. */
export class CwSubmitEvent extends Event {
  readonly orders: readonly Order[];

  constructor(orders: readonly Order[]) {
    super('cw-submit', { bubbles: true, composed: true });
    this.orders = orders;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-submit': CwSubmitEvent;
  }
}
