import type { Customer } from '@callweave/sdk/protocol';

/** The customer is stored. */
export class CwCustomerEvent extends Event {
  readonly customer: Customer;
  readonly created: boolean;

  constructor(customer: Customer, created: boolean) {
    super('cw-customer', { bubbles: true, composed: true });
    this.customer = customer;
    this.created = created;
  }
}

/** The person has left the form; nothing is unsaved. */
export class CwCancelEvent extends Event {
  constructor() {
    super('cw-cancel', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-customer': CwCustomerEvent;
    'cw-cancel': CwCancelEvent;
  }
}
