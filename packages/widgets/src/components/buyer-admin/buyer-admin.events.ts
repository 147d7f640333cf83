import type { Buyer } from '@callweave/sdk/protocol';

/** A buyer is shown; `buyer` is undefined when the list is shown again. */
export class CwBuyerOpenEvent extends Event {
  readonly buyer: Buyer | undefined;

  constructor(buyer: Buyer | undefined) {
    super('cw-buyer-open', { bubbles: true, composed: true });
    this.buyer = buyer;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-buyer-open': CwBuyerOpenEvent;
  }
}
