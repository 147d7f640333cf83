import type { Fax } from '@callweave/sdk/protocol';

/** A fax was opened in the box, or closed again. */
export class CwFaxOpenEvent extends Event {
  readonly fax: Fax | undefined;

  constructor(fax: Fax | undefined) {
    super('cw-fax-open', { bubbles: true, composed: true });
    this.fax = fax;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-fax-open': CwFaxOpenEvent;
  }
}
