import { type Device, lastDayOf, serviceEndAfter } from '@callweave/sdk/protocol';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { publishDevice, recordDeviceChange } from './device-changes.ts';
import { type DeviceRow, findRow, findType, toDevice, type WholeDevice, wholeDevices } from './device-rows.ts';

type Db = Store['db'];

/**
 * Devices as other domains use them: what is known of one, and what happens to its service. Each change is made in the
 * write of whoever has the reason for it.
 */
export interface DeviceBook {
  findDevice(db: Db, deviceId: string): Promise<Device | undefined>;
  /** The newest first. */
  devicesOf(db: Db, customerId: string): Promise<readonly Device[]>;
  /** The buyer has confirmed the installation: service and warranty run from that day (D7). Repeated, it changes nothing. */
  activateService(
    tx: Tx,
    input: { readonly deviceId: string; readonly installedOn: string; readonly actor: string },
  ): Promise<Device>;
  /** A paid renewal. The caller sees to it that one renewal comes once. */
  extendService(
    tx: Tx,
    input: { readonly deviceId: string; readonly years: number; readonly renewalId: string; readonly actor: string },
  ): Promise<Device>;
  /** A renewal was refunded: its years go with the money. */
  takeBackService(
    tx: Tx,
    input: {
      readonly deviceId: string;
      readonly serviceEndsOn: string | null;
      /** Other renewals stay. */
      readonly renewed: boolean;
      readonly renewalId: string;
      readonly actor: string;
    },
  ): Promise<Device>;
  /** From the end of the paid service on, each case is paid for itself. */
  setPerCase(tx: Tx, input: { readonly deviceId: string; readonly actor: string }): Promise<Device>;
  /** The buyer wants no service after the paid one. */
  declineService(
    tx: Tx,
    input: { readonly deviceId: string; readonly reason: string; readonly actor: string },
  ): Promise<Device>;
  /** The device has another owner; its days and its history stay with it. */
  moveToOwner(
    tx: Tx,
    input: {
      readonly deviceId: string;
      readonly customerId: string;
      readonly transferId: string;
      readonly actor: string;
    },
  ): Promise<Device>;
}

export function createDeviceBook(dayOf: (at: Date) => string, today: () => string): DeviceBook {
  async function known(tx: Tx, deviceId: string): Promise<WholeDevice> {
    const row = await findRow(tx.db, deviceId);
    if (row === undefined) throw new Problem('not-found', `There is no device ${deviceId}.`);
    return row;
  }

  async function change(
    tx: Tx,
    before: WholeDevice,
    set: Partial<DeviceRow>,
    note: { readonly actor: string; readonly reason?: string },
  ): Promise<Device> {
    const after: WholeDevice = { ...before, ...set, updated_at: tx.now.toISOString() };
    await tx.db
      .updateTable('devices')
      .set({ ...set, updated_at: after.updated_at })
      .where('id', '=', before.id)
      .execute();
    await recordDeviceChange(tx, before, after, note);
    const device = toDevice(after, dayOf(tx.now));
    await publishDevice(tx, device, before.customer_id);
    return device;
  }

  return {
    async findDevice(db, deviceId) {
      const row = await findRow(db, deviceId);
      return row === undefined ? undefined : toDevice(row, today());
    },

    async devicesOf(db, customerId) {
      const rows = await wholeDevices(db)
        .where('devices.customer_id', '=', customerId)
        .orderBy('devices.id', 'desc')
        .execute();
      return rows.map((row) => toDevice(row, today()));
    },

    async activateService(tx, { deviceId, installedOn, actor }) {
      const before = await known(tx, deviceId);
      if (before.installation_sealed === 1) return toDevice(before, dayOf(tx.now));
      const type = await findType(tx.db, before.type_id);
      return change(
        tx,
        before,
        {
          installed_on: installedOn,
          installation_sealed: 1,
          // What the manager has agreed with the buyer goes before what comes with the type.
          service_ends_on: before.service_ends_on ?? spanFrom(installedOn, type?.service_months ?? 0),
          warranty_ends_on: before.warranty_ends_on ?? spanFrom(installedOn, type?.warranty_months ?? 0),
        },
        { actor },
      );
    },

    async extendService(tx, { deviceId, years, renewalId, actor }) {
      const before = await known(tx, deviceId);
      if (before.installed_on === null)
        throw new Problem('service-not-activated', 'The device was not installed yet: its service has not begun.');
      return change(
        tx,
        before,
        {
          service_ends_on: serviceEndAfter(dayOf(tx.now), before.service_ends_on, years),
          renewed: 1,
          service_choice: 'none',
          choice_reason: null,
        },
        { actor, reason: renewalId },
      );
    },

    async takeBackService(tx, { deviceId, serviceEndsOn, renewed, renewalId, actor }) {
      const set = { service_ends_on: serviceEndsOn, renewed: renewed ? (1 as const) : (0 as const) };
      return change(tx, await known(tx, deviceId), set, { actor, reason: renewalId });
    },

    async setPerCase(tx, { deviceId, actor }) {
      const before = await known(tx, deviceId);
      if (before.service_choice === 'per-case') return toDevice(before, dayOf(tx.now));
      return change(tx, before, { service_choice: 'per-case', choice_reason: null }, { actor });
    },

    async declineService(tx, { deviceId, reason, actor }) {
      const before = await known(tx, deviceId);
      if (before.service_choice === 'declined' && before.choice_reason === reason)
        return toDevice(before, dayOf(tx.now));
      return change(tx, before, { service_choice: 'declined', choice_reason: reason }, { actor, reason });
    },

    async moveToOwner(tx, { deviceId, customerId, transferId, actor }) {
      const before = await known(tx, deviceId);
      if (before.customer_id === customerId) return toDevice(before, dayOf(tx.now));
      return change(tx, before, { customer_id: customerId }, { actor, reason: transferId });
    },
  };
}

const spanFrom = (day: string, months: number): string | null => (months === 0 ? null : lastDayOf(day, months));
