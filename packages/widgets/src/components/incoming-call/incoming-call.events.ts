import type { Call } from '@callweave/sdk/protocol';

/** The agent wants the request sheet of this caller. */
export class CwOpenSheetEvent extends Event {
  readonly call: Call;

  constructor(call: Call) {
    super('cw-open-sheet', { bubbles: true, composed: true });
    this.call = call;
  }
}

/** The call was answered on this page. */
export class CwAnswerEvent extends Event {
  readonly callId: string;

  constructor(callId: string) {
    super('cw-answer', { bubbles: true, composed: true });
    this.callId = callId;
  }
}

/** The call was declined on this page: it rings at the next responder. */
export class CwDeclineEvent extends Event {
  readonly callId: string;

  constructor(callId: string) {
    super('cw-decline', { bubbles: true, composed: true });
    this.callId = callId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-open-sheet': CwOpenSheetEvent;
    'cw-answer': CwAnswerEvent;
    'cw-decline': CwDeclineEvent;
  }
}
