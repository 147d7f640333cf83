/** The day was changed by a person. */
export class CwDayEvent extends Event {
  /** `2026-11-22`; empty: no day; `invalid`: a day that does not exist, or half of one. */
  readonly value: string;

  constructor(value: string) {
    super('cw-day', { bubbles: true, composed: true });
    this.value = value;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-day': CwDayEvent;
  }
}
