import { type Device, type DeviceType, foldTight, type LocalTexts, serviceOn } from '@callweave/sdk/protocol';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

export type DeviceRow = Database['devices'];
export type DeviceTypeRow = Database['device_types'];
/** A device with what its type says of it. */
export type WholeDevice = DeviceRow & Pick<DeviceTypeRow, 'brand' | 'model'>;

type Db = Store['db'];

export const modelKey = (brand: string, model: string): string => foldTight(`${brand} ${model}`);

/** The form in which serial numbers, dongles and user ids are compared, however they were typed. */
export const identifierKey = (text: string | null): string | null =>
  text === null ? null : foldTight(text) || text.trim();

export function toType(row: DeviceTypeRow): DeviceType {
  return {
    id: row.id,
    names: JSON.parse(row.names) as LocalTexts,
    brand: row.brand,
    model: row.model,
    kind: row.kind,
    serviceMonths: row.service_months,
    warrantyMonths: row.warranty_months,
    active: row.active === 1,
  };
}

export function toDevice(row: WholeDevice, today: string): Device {
  return {
    id: row.id,
    customerId: row.customer_id,
    typeId: row.type_id,
    brand: row.brand,
    model: row.model,
    serial: row.serial,
    dongle: row.dongle,
    userId: row.user_id,
    installedOn: row.installed_on,
    installationSealed: row.installation_sealed === 1,
    warrantyEndsOn: row.warranty_ends_on,
    serviceEndsOn: row.service_ends_on,
    service: {
      ...serviceOn(today, {
        installedOn: row.installed_on,
        serviceEndsOn: row.service_ends_on,
        renewed: row.renewed === 1,
        choice: row.service_choice,
      }),
      choice: row.service_choice,
    },
    asOf: today,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Devices with their types' names, to narrow further. */
export const wholeDevices = (db: Db) =>
  db
    .selectFrom('devices')
    .innerJoin('device_types', 'device_types.id', 'devices.type_id')
    .selectAll('devices')
    .select(['device_types.brand', 'device_types.model']);

export const findRow = (db: Db, deviceId: string): Promise<WholeDevice | undefined> =>
  wholeDevices(db).where('devices.id', '=', deviceId).executeTakeFirst();

export const findType = (db: Db, typeId: string): Promise<DeviceTypeRow | undefined> =>
  db.selectFrom('device_types').selectAll().where('id', '=', typeId).executeTakeFirst();
