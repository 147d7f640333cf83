import type { Device } from '@callweave/sdk/protocol';
import type { Store } from '../store/store.ts';
import { toDevice, wholeDevices } from './device-rows.ts';

/** The devices of several customers, in one query. */
export async function devicesOfMany(
  db: Store['db'],
  customerIds: readonly string[],
  today: string,
): Promise<readonly Device[]> {
  if (customerIds.length === 0) return [];
  const rows = await wholeDevices(db)
    .where('devices.customer_id', 'in', [...customerIds])
    .execute();
  return rows.map((row) => toDevice(row, today));
}
