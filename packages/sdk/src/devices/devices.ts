import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { deviceTypesRoutes } from '../http/routes/device-types.ts';
import { devicesRoutes } from '../http/routes/devices.ts';
import type { Device, DeviceType } from '../protocol/device.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

export interface DeviceFilter {
  /** Staff name the customer; a buyer always gets their own. */
  readonly customerId?: string;
  readonly typeId?: string;
  /** The beginning of a serial number, dongle or user id, in any script. */
  readonly query?: string;
}

export interface DevicePage {
  /** The newest first. */
  readonly devices: readonly Device[];
  readonly more: boolean;
}

export interface FollowedDevices {
  /** All that match, the newest first. */
  readonly state: Readable<Loadable<readonly Device[]>>;
  reload(): void;
  close(): void;
}

/** What customers have bought, and until when it is looked after. */
export interface Devices {
  readonly types: Readable<Loadable<readonly DeviceType[]>>;
  /** Begins to follow the types; returns the function that ends it. */
  openTypes(): () => void;
  /** The devices of a customer, or for a buyer without `customerId` their own: loaded once, then kept true by events. */
  follow(customerId?: string): FollowedDevices;
  /** Devices of anybody, page by page. @param after the last device of the page before */
  search(filter: DeviceFilter, after?: string, limit?: number): Promise<DevicePage>;
  get(deviceId: string): Promise<Device>;
  create(input: Parameters<Client['devices']['create']>[0]): Promise<Device>;
  update(input: Parameters<Client['devices']['update']>[0]): Promise<Device>;
  createType(input: Parameters<Client['deviceTypes']['create']>[0]): Promise<DeviceType>;
  updateType(input: Parameters<Client['deviceTypes']['update']>[0]): Promise<DeviceType>;
}

export interface DevicesManager extends Devices {
  reload(): void;
  reset(): void;
  handleDevice(device: Device): void;
}

const PAGE = 500;

export function createDevices(client: Pick<Client, 'devices' | 'deviceTypes'>): DevicesManager {
  const types = new Loaded(async () => (await client.deviceTypes.list({})).types as readonly DeviceType[]);
  const followed = new Map<Loaded<readonly Device[]>, string | undefined>();

  async function all(customerId: string | undefined): Promise<readonly Device[]> {
    const found: Device[] = [];
    for (;;) {
      const after = found.at(-1)?.id;
      const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
      const { devices, more } =
        customerId === undefined ? await client.devices.own(page) : await client.devices.list({ ...page, customerId });
      found.push(...devices);
      if (!more || devices.length === 0) return found;
    }
  }

  return {
    types: types.state,
    openTypes: () => types.open(),
    follow(customerId) {
      const list = new Loaded(() => all(customerId));
      followed.set(list, customerId);
      const end = list.open();
      return {
        state: list.state,
        reload: () => list.reload(),
        close() {
          end();
          followed.delete(list);
        },
      };
    },
    search: (filter, after, limit = 100) =>
      client.devices.list({ ...filter, limit, ...(after === undefined ? {} : { after }) }),
    get: (deviceId) => client.devices.get({ deviceId }),
    create: (input) => client.devices.create(input),
    update: (input) => client.devices.update(input),
    createType: (input) => client.deviceTypes.create(input),
    updateType: (input) => client.deviceTypes.update(input),
    reload() {
      types.reload();
      for (const list of followed.keys()) list.reload();
    },
    reset() {
      types.reset();
      for (const list of followed.keys()) list.reset();
    },
    handleDevice(device) {
      // A device may have come to this customer, or have gone from them: their whole list tells.
      for (const [list, customerId] of followed) {
        const { status } = list.state.get();
        const value = status === 'ready' ? (list.state.get() as { value: readonly Device[] }).value : [];
        if (customerId === undefined || customerId === device.customerId || value.some(({ id }) => id === device.id))
          list.reload();
      }
    },
  };
}

/** What customers have bought, and until when it is looked after. */
export const devices: Feature<Devices> = {
  name: 'devices',
  create({ clientFor, on, keep }) {
    const made = createDevices(clientFor({ devices: devicesRoutes, deviceTypes: deviceTypesRoutes }));
    on('device', ({ data }) => made.handleDevice(data));
    on('devices-changed', () => made.reload());
    keep(made);
    return made;
  },
};
