import type { Installation } from '@callweave/sdk/protocol';

/** The buyer has confirmed an installation: service has begun. */
export class CwInstallationConfirmEvent extends Event {
  readonly installation: Installation;

  constructor(installation: Installation) {
    super('cw-installation-confirm', { bubbles: true, composed: true });
    this.installation = installation;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-installation-confirm': CwInstallationConfirmEvent;
  }
}
