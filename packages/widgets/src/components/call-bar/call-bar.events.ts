/** The agent ended the call on this page. */
export class CwHangUpEvent extends Event {
  readonly callId: string;

  constructor(callId: string) {
    super('cw-hang-up', { bubbles: true, composed: true });
    this.callId = callId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-hang-up': CwHangUpEvent;
  }
}
