/** A number is being called from this pad. */
export class CwDialEvent extends Event {
  /** As it was dialled. */
  readonly number: string;

  constructor(number: string) {
    super('cw-dial', { bubbles: true, composed: true });
    this.number = number;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-dial': CwDialEvent;
  }
}
