import type { PreflightState } from '@callweave/sdk/phone';

/** The test has come to its end. */
export class CwPreflightEvent extends Event {
  readonly outcome: PreflightState;

  constructor(outcome: PreflightState) {
    super('cw-preflight', { bubbles: true, composed: true });
    this.outcome = outcome;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-preflight': CwPreflightEvent;
  }
}
