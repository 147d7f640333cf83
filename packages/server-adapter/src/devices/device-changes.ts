import type { Device } from '@callweave/sdk/protocol';
import { changesBetween, recordChange } from '../audit/index.ts';
import { agentsWithCustomer } from '../calls/index.ts';
import type { Audience, Tx } from '../store/store.ts';
import type { DeviceRow } from './device-rows.ts';

/** What of a device is kept with its value before and after, by the names that the contract has for it. */
const shown = (row: DeviceRow) => ({
  customerId: row.customer_id,
  typeId: row.type_id,
  serial: row.serial,
  dongle: row.dongle,
  userId: row.user_id,
  installedOn: row.installed_on,
  installationSealed: row.installation_sealed === 1,
  warrantyEndsOn: row.warranty_ends_on,
  serviceEndsOn: row.service_ends_on,
  renewed: row.renewed === 1,
  serviceChoice: row.service_choice,
});

const SEES_ALL: Audience = ['role:manager', 'role:supervisor', 'role:technician'];
const STAFF: Audience = [...SEES_ALL, 'role:agent'];

/** Writes down who changed what. Without a `before`, the device is new. */
export async function recordDeviceChange(
  tx: Tx,
  before: DeviceRow | undefined,
  after: DeviceRow,
  note: { readonly actor: string; readonly reason?: string },
): Promise<void> {
  const to = shown(after);
  await recordChange(tx, {
    actor: note.actor,
    subject: `device:${after.id}`,
    changes: changesBetween(before && shown(before), to, Object.keys(to) as (keyof typeof to)[]),
    reason: note.reason,
  });
}

/** To the staff, to agents who talk with the owner, to the owner, and to who was it until now: their list is one shorter. */
export async function publishDevice(tx: Tx, device: Device, formerOwner = device.customerId): Promise<void> {
  const agents = await agentsWithCustomer(tx.db, device.customerId);
  await tx.publish({ type: 'device', data: device }, [
    ...SEES_ALL,
    ...agents.map((id) => `account:${id}` as const),
    `customer:${device.customerId}`,
  ]);
  // What the new owner has is none of the former one's business: their page loads its list anew.
  if (formerOwner !== device.customerId)
    await tx.publish({ type: 'devices-changed', data: {} }, [`customer:${formerOwner}`]);
}

/** Many at once: pages load their lists anew. */
export async function publishMany(tx: Tx, customerIds: Iterable<string>): Promise<void> {
  const owners = [...new Set(customerIds)].map((id) => `customer:${id}` as const);
  await tx.publish({ type: 'devices-changed', data: {} }, [...STAFF, ...owners]);
}

/** What service runs out with a day is nobody's doing: everybody's page asks for its own list. */
export async function publishNewDay(tx: Tx): Promise<void> {
  await tx.publish({ type: 'devices-changed', data: {} }, [...STAFF, 'role:buyer']);
}
