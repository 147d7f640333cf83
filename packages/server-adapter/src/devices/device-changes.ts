import type { Device } from '@callweave/sdk/protocol';
import type { Audience, Tx } from '../store/store.ts';
import type { DeviceRow } from './device-rows.ts';

/** What of a device is kept with its value before and after; by the names that the contract has for it. */
const FIELDS = {
  customerId: 'customer_id',
  typeId: 'type_id',
  serial: 'serial',
  dongle: 'dongle',
  userId: 'user_id',
  installedOn: 'installed_on',
  installationSealed: 'installation_sealed',
  warrantyEndsOn: 'warranty_ends_on',
  serviceEndsOn: 'service_ends_on',
  renewed: 'renewed',
  serviceChoice: 'service_choice',
} as const satisfies Record<string, keyof DeviceRow>;

const STAFF: Audience = ['role:manager', 'role:supervisor', 'role:agent', 'role:technician'];

/** Writes down who changed what. Without a `before`, the device is new. */
export async function recordDeviceChange(
  tx: Tx,
  before: DeviceRow | undefined,
  after: DeviceRow,
  note: { readonly actor: string; readonly reason?: string },
): Promise<void> {
  const changed = Object.entries(FIELDS).filter(([, column]) => before?.[column] !== after[column]);
  await tx.record({
    actor: note.actor,
    action: before === undefined ? 'device.created' : 'device.updated',
    subject: `device:${after.id}`,
    data: { changed: changed.map(([field]) => field) },
  });
}

/** To the staff, to the owner, and to who was the owner until now: their list is one shorter. */
export async function publishDevice(tx: Tx, device: Device, formerOwner = device.customerId): Promise<void> {
  await tx.publish({ type: 'device', data: device }, [...STAFF, `customer:${device.customerId}`]);
  // What the new owner has is none of the former one's business: their page loads its list anew.
  if (formerOwner !== device.customerId)
    await tx.publish({ type: 'devices-changed', data: {} }, [`customer:${formerOwner}`]);
}

/** Many at once: pages load their lists anew. */
export async function publishMany(tx: Tx, customerIds: Iterable<string>): Promise<void> {
  const owners = [...new Set(customerIds)].map((id) => `customer:${id}` as const);
  await tx.publish({ type: 'devices-changed', data: {} }, [...STAFF, ...owners]);
}
