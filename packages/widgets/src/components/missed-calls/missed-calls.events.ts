import type { Call, MissedCall } from '@callweave/sdk/protocol';

/** Somebody is being called back from this page. */
export class CwCallBackEvent extends Event {
  readonly missedCall: MissedCall;
  readonly call: Call;

  constructor(missedCall: MissedCall, call: Call) {
    super('cw-call-back', { bubbles: true, composed: true });
    this.missedCall = missedCall;
    this.call = call;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-call-back': CwCallBackEvent;
  }
}
