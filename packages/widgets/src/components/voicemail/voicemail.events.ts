import type { Call, VoicemailMessage } from '@callweave/sdk/protocol';

/** A message was opened in a box, or closed again. */
export class CwVoicemailOpenEvent extends Event {
  readonly message: VoicemailMessage | undefined;

  constructor(message: VoicemailMessage | undefined) {
    super('cw-voicemail-open', { bubbles: true, composed: true });
    this.message = message;
  }
}

/** Somebody who had left a message is being called back from this page. */
export class CwVoicemailCallBackEvent extends Event {
  readonly message: VoicemailMessage;
  readonly call: Call;

  constructor(message: VoicemailMessage, call: Call) {
    super('cw-voicemail-call-back', { bubbles: true, composed: true });
    this.message = message;
    this.call = call;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-voicemail-open': CwVoicemailOpenEvent;
    'cw-voicemail-call-back': CwVoicemailCallBackEvent;
  }
}
