import type { Device } from '@callweave/sdk/protocol';

/** A device was entered by hand. */
export class CwDeviceEnteredEvent extends Event {
  readonly device: Device;

  constructor(device: Device) {
    super('cw-device-entered', { bubbles: true, composed: true });
    this.device = device;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-device-entered': CwDeviceEnteredEvent;
  }
}
