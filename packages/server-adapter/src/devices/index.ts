export { type CreateDevicesOptions, createDevices, type Devices } from './create-devices.ts';
export type { DeviceBook } from './device-book.ts';
export { findType } from './device-rows.ts';
export { devicesOfMany } from './devices-of-many.ts';
