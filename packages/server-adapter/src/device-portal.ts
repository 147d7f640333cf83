import type { NumberingPlan } from '@callweave/sdk/protocol';
import { accountNames } from './accounts/index.ts';
import { createAudit } from './audit/index.ts';
import type { Clock } from './clock.ts';
import type { RecordingStore } from './connectors/recordings/recording-store.ts';
import type { Directory } from './customers/index.ts';
import { createDevices } from './devices/index.ts';
import type { Domain } from './domain.ts';
import { createImports } from './imports/index.ts';
import { describeError, type Logger } from './logger.ts';
import type { Messages } from './messages/index.ts';
import type { AdapterOptions } from './options.ts';
import { dayIn } from './orders/index.ts';
import type { Secrets } from './secrets/hash.ts';
import type { Store } from './store/store.ts';

export interface DevicePortalParts {
  readonly store: Store;
  readonly options: AdapterOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
  readonly plan: NumberingPlan;
  readonly directory: Directory;
  readonly messages: Messages;
  /** Where attachments and documents are kept: as recordings are, encrypted and away from the web root. */
  readonly files: RecordingStore;
}

/** The buyers' portal: ties the domains of devices, service, tickets and payments to each other, and to nothing else. */
export function createDevicePortal(parts: DevicePortalParts): readonly Domain[] {
  const { store, clock, directory, options } = parts;
  const dayOf = (at: Date) => dayIn(options.timeZone ?? 'Asia/Tehran', at);
  const devices = createDevices({ store, directory, clock, dayOf });
  const audit = createAudit({ store, accountNames });
  const imports = createImports({
    store,
    kinds: [devices.importKind],
    onError: (error) => parts.logger.warn('An import could not go on; it is tried again.', describeError(error)),
  });
  return [devices, imports, { operations: { audit } }];
}
