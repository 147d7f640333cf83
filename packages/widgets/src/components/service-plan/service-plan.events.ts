import type { Amount } from '@callweave/sdk/protocol';

/** A renewal was chosen, or is to be paid now. `preventDefault` keeps the browser here: the page starts the payment itself. */
export class CwPayRenewalEvent extends Event {
  readonly deviceId: string;
  readonly paymentId: string;
  readonly amount: Amount;

  constructor(deviceId: string, paymentId: string, amount: Amount) {
    super('cw-pay-renewal', { bubbles: true, composed: true, cancelable: true });
    this.deviceId = deviceId;
    this.paymentId = paymentId;
    this.amount = amount;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-pay-renewal': CwPayRenewalEvent;
  }
}
