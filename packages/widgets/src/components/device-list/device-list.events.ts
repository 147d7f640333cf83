import type { Device } from '@callweave/sdk/protocol';

/** Somebody wants to see a device. */
export class CwDeviceOpenEvent extends Event {
  readonly device: Device;

  constructor(device: Device) {
    super('cw-device-open', { bubbles: true, composed: true });
    this.device = device;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cw-device-open': CwDeviceOpenEvent;
  }
}
