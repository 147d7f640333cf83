import { type contract, type FieldProblem, foldTight } from '@callweave/sdk/protocol';
import { maySeeCustomer } from '../calls/index.ts';
import type { Directory } from '../customers/index.ts';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import { startsWith } from '../store/starts-with.ts';
import type { Store, Tx } from '../store/store.ts';
import { publishDevice, recordDeviceChange } from './device-changes.ts';
import {
  type DeviceTypeRow,
  findRow,
  findType,
  identifierKey,
  toDevice,
  type WholeDevice,
  wholeDevices,
} from './device-rows.ts';

export interface DeviceOperationsOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly dayOf: (at: Date) => string;
  readonly today: () => string;
}

/** The contract's `devices`. */
export function createDeviceOperations({
  store,
  directory,
  dayOf,
  today,
}: DeviceOperationsOptions): Implementation<typeof contract.devices> {
  const noDevice = (deviceId: string) => new Problem('not-found', `There is no device ${deviceId}.`);

  async function pageOf(
    filter: {
      readonly customerId?: string | undefined;
      readonly typeId?: string | undefined;
      readonly query?: string | undefined;
    },
    after: string | undefined,
    limit: number,
  ) {
    let query = wholeDevices(store.db)
      .orderBy('devices.id', 'desc')
      .limit(limit + 1);
    const { customerId, typeId } = filter;
    if (customerId !== undefined) query = query.where('devices.customer_id', '=', customerId);
    if (typeId !== undefined) query = query.where('devices.type_id', '=', typeId);
    if (after !== undefined) query = query.where('devices.id', '<', after);
    if (filter.query !== undefined) {
      const key = foldTight(filter.query);
      if (key === '') return { devices: [], more: false };
      query = query.where(({ or }) =>
        or([
          startsWith('devices.serial_key', key),
          startsWith('devices.dongle_key', key),
          startsWith('devices.user_key', key),
        ]),
      );
    }
    const rows = await query.execute();
    const day = today();
    return { devices: rows.slice(0, limit).map((row) => toDevice(row, day)), more: rows.length > limit };
  }

  return {
    async own({ after, limit }, { caller }) {
      // A buyer's account without a customer has bought nothing.
      if (caller.customerId === undefined) return { devices: [], more: false };
      return pageOf({ customerId: caller.customerId }, after, limit);
    },

    async list({ after, limit, ...filter }, { caller }) {
      const { customerId } = filter;
      const seesAll = caller.roles.some((role) => SEES_ALL.has(role));
      if (!seesAll && (customerId === undefined || !(await maySeeCustomer(store.db, customerId, caller))))
        throw new Problem('not-found', 'There is no call of yours whose caller this is.');
      return pageOf(filter, after, limit);
    },

    async get({ deviceId }, { caller }) {
      const row = await findRow(store.db, deviceId);
      if (row === undefined || !(await maySeeCustomer(store.db, row.customer_id, caller))) throw noDevice(deviceId);
      return toDevice(row, today());
    },

    create: {
      async prepare({ customerId }) {
        if ((await directory.findById(customerId)) === undefined)
          throw new Problem('not-found', `There is no customer ${customerId}.`);
      },
      async write(tx, input, { caller }) {
        const type = await requireType(tx, input.typeId);
        const now = tx.now.toISOString();
        const row: WholeDevice = {
          id: newId('device', tx.now),
          customer_id: input.customerId,
          type_id: type.id,
          serial: input.serial,
          serial_key: identifierKey(input.serial),
          dongle: input.dongle,
          dongle_key: identifierKey(input.dongle),
          user_id: input.userId,
          user_key: identifierKey(input.userId),
          installed_on: input.installedOn,
          installation_sealed: 0,
          warranty_ends_on: input.warrantyEndsOn,
          service_ends_on: input.serviceEndsOn,
          renewed: 0,
          service_choice: 'none',
          choice_reason: null,
          created_at: now,
          updated_at: now,
          brand: type.brand,
          model: type.model,
        };
        checkDevice(row);
        await requireFree(tx, row);
        const { brand, model, ...values } = row;
        await tx.db.insertInto('devices').values(values).execute();
        await recordDeviceChange(tx, undefined, row, { actor: caller.accountId });
        const device = toDevice(row, dayOf(tx.now));
        await publishDevice(tx, device);
        return device;
      },
    },

    update: {
      async write(tx, input, { caller }) {
        const before = await findRow(tx.db, input.deviceId);
        if (before === undefined) throw noDevice(input.deviceId);
        const after: WholeDevice = { ...before, updated_at: tx.now.toISOString() };
        if (input.typeId !== undefined && input.typeId !== before.type_id) {
          const { id, brand, model } = await requireType(tx, input.typeId);
          Object.assign(after, { type_id: id, brand, model });
        }
        if (input.serial !== undefined) after.serial = input.serial;
        if (input.dongle !== undefined) after.dongle = input.dongle;
        if (input.userId !== undefined) after.user_id = input.userId;
        if (input.installedOn !== undefined) after.installed_on = input.installedOn;
        if (input.warrantyEndsOn !== undefined) after.warranty_ends_on = input.warrantyEndsOn;
        if (input.serviceEndsOn !== undefined) after.service_ends_on = input.serviceEndsOn;
        after.serial_key = identifierKey(after.serial);
        after.dongle_key = identifierKey(after.dongle);
        after.user_key = identifierKey(after.user_id);
        if (before.installation_sealed === 1 && after.installed_on !== before.installed_on)
          throw new Problem('installation-sealed', 'The buyer has confirmed when this device was installed.');
        checkDevice(after);
        await requireFree(tx, after);
        const { brand, model, ...values } = after;
        await tx.db.updateTable('devices').set(values).where('id', '=', after.id).execute();
        await recordDeviceChange(tx, before, after, {
          actor: caller.accountId,
          ...(input.reason !== undefined && { reason: input.reason }),
        });
        const device = toDevice(after, dayOf(tx.now));
        await publishDevice(tx, device);
        return device;
      },
    },
  };
}

const SEES_ALL: ReadonlySet<string> = new Set(['supervisor', 'manager', 'technician']);

async function requireType(tx: Tx, typeId: string): Promise<DeviceTypeRow> {
  const type = await findType(tx.db, typeId);
  if (type?.active !== 1) throw new Problem('unknown-device-type', 'There is no such device type that is sold.');
  return type;
}

/** What no device can be. */
function checkDevice(row: WholeDevice): void {
  const fields: FieldProblem[] = [];
  if (row.serial_key === null && row.dongle_key === null && row.user_key === null)
    fields.push({ path: 'serial', message: 'give a serial number, a dongle or a user id' });
  for (const [path, day] of [
    ['warrantyEndsOn', row.warranty_ends_on],
    ['serviceEndsOn', row.service_ends_on],
  ] as const)
    if (row.installed_on !== null && day !== null && day < row.installed_on)
      fields.push({ path, message: 'is before the installation' });
  if (fields.length > 0) throw new Problem('invalid-input', 'The device cannot be entered like this.', { fields });
}

async function requireFree(tx: Tx, row: WholeDevice): Promise<void> {
  const fields: FieldProblem[] = [];
  const taken = async (path: string, column: 'serial_key' | 'dongle_key' | 'user_key', everywhere: boolean) => {
    const value = row[column];
    if (value === null) return;
    let query = tx.db.selectFrom('devices').select('id').where(column, '=', value).where('id', '!=', row.id);
    if (!everywhere) query = query.where('type_id', '=', row.type_id);
    if ((await query.executeTakeFirst()) !== undefined) fields.push({ path, message: 'belongs to another device' });
  };
  await taken('serial', 'serial_key', false);
  await taken('dongle', 'dongle_key', true);
  await taken('userId', 'user_key', false);
  if (fields.length > 0) throw new Problem('device-taken', 'Another device is known by this.', { fields });
}
