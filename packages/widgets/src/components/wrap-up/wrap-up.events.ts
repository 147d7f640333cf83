/** The wrap-up is finished; the agent can take the next call. */
export class CwWrapUpEvent extends Event {
  readonly callId: string;
  readonly disposition: string;

  constructor(callId: string, disposition: string) {
    super('cw-wrap-up', { bubbles: true, composed: true });
    this.callId = callId;
    this.disposition = disposition;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-wrap-up': CwWrapUpEvent;
  }
}
