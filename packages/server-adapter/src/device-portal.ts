import type { NumberingPlan } from '@callweave/sdk/protocol';
import type { Clock } from './clock.ts';
import type { RecordingStore } from './connectors/recordings/recording-store.ts';
import type { Directory } from './customers/index.ts';
import type { Domain } from './domain.ts';
import type { Logger } from './logger.ts';
import type { Messages } from './messages/index.ts';
import type { AdapterOptions } from './options.ts';
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
export function createDevicePortal(_parts: DevicePortalParts): readonly Domain[] {
  return [];
}
