import type { SessionView } from '@callweave/sdk/protocol';

/** Somebody has signed in with this form. */
export class CwSignInEvent extends Event {
  readonly session: SessionView;

  constructor(session: SessionView) {
    super('cw-sign-in', { bubbles: true, composed: true });
    this.session = session;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-sign-in': CwSignInEvent;
  }
}
