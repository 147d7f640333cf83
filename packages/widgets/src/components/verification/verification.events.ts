import type { Call, VerificationState } from '@callweave/sdk/protocol';

/** The state of the verification has changed: `passed`, `failed`, `locked`, … */
export class CwVerificationEvent extends Event {
  readonly call: Call;
  readonly state: VerificationState;

  constructor(call: Call) {
    super('cw-verification', { bubbles: true, composed: true });
    this.call = call;
    this.state = call.verification.state;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-verification': CwVerificationEvent;
  }
}
