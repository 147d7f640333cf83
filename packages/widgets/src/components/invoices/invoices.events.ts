import type { Amount } from '@callweave/sdk/protocol';

/** A payment of the balance was opened. `preventDefault` keeps the browser here: the page starts it itself. */
export class CwPayBalanceEvent extends Event {
  readonly paymentId: string;
  readonly amount: Amount;

  constructor(paymentId: string, amount: Amount) {
    super('cw-pay-balance', { bubbles: true, composed: true, cancelable: true });
    this.paymentId = paymentId;
    this.amount = amount;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-pay-balance': CwPayBalanceEvent;
  }
}
