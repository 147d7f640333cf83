import type { Clock } from '../clock.ts';
import type { Directory } from '../customers/index.ts';
import type { Domain } from '../domain.ts';
import type { Operations } from '../http/routes.ts';
import type { ImportKind } from '../imports/index.ts';
import type { Store } from '../store/store.ts';
import { createDeviceBook, type DeviceBook } from './device-book.ts';
import { publishNewDay } from './device-changes.ts';
import { type DeviceImportRow, deviceImport } from './device-import.ts';
import { createDeviceTypes } from './device-types.ts';
import { createDeviceOperations } from './operations.ts';

export interface CreateDevicesOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: Clock;
  /** The calendar day of an instant where the house is. */
  readonly dayOf: (at: Date) => string;
}

export interface Devices extends Domain, DeviceBook {
  readonly operations: Operations;
  readonly importKind: ImportKind<DeviceImportRow>;
}

/** What customers have bought, and until when it is looked after (D3). */
export function createDevices({ store, directory, clock, dayOf }: CreateDevicesOptions): Devices {
  const today = () => dayOf(clock.now());
  let shown = today();
  /** States follow from the day: when it is over, pages load theirs anew. */
  const turnDay = async () => {
    const day = today();
    if (day === shown) return;
    await store.write((tx) => publishNewDay(tx));
    shown = day;
  };
  return {
    ...createDeviceBook(dayOf, today),
    importKind: deviceImport(store, directory),
    chores: [{ name: 'day of devices', everyMs: 300_000, run: turnDay }],
    operations: {
      devices: createDeviceOperations({ store, directory, dayOf, today }),
      deviceTypes: createDeviceTypes(store),
    },
  };
}
