import type { NumberingPlan } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import { assertWebhookSecret } from '../connectors/webhook-signature.ts';
import type { Directory } from '../customers/index.ts';
import type { Domain } from '../domain.ts';
import type { Store } from '../store/store.ts';
import { emptyBin } from './empty-bin.ts';
import { createFaxOperations } from './operations.ts';
import type { FaxShelf } from './store-fax.ts';

/** Faxes: over numbers of our own, from a provider, or both. */
export interface FaxOptions {
  /** Numbers of ours that are answered as a fax machine. They need an exchange with fax: Asterisk. */
  readonly numbers?: readonly string[];
  /**
   * What a provider, or a mail gateway, signs the faxes with that it hands in at `/faxes/inbound`: `whsec_` and the Base64
   * of at least 24 random bytes. @default nothing is taken there
   */
  readonly inboundSecret?: string;
  /** How long a deleted fax can be restored. @default 30 */
  readonly binDays?: number;
}

export interface CreateFaxesOptions {
  readonly store: Store;
  readonly files: RecordingStore;
  readonly directory: Directory;
  readonly plan: NumberingPlan;
  readonly fax: FaxOptions | undefined;
  readonly clock: Clock;
  readonly onError?: (message: string, error: unknown) => void;
}

export interface Faxes extends Domain {
  readonly shelf: FaxShelf;
  /** Removes for good what has been in the bin for long enough; also done every hour. */
  emptyBin(): Promise<number>;
}

const HOUR_MS = 3_600_000;

export function createFaxes(options: CreateFaxesOptions): Faxes {
  const { store, files, directory, plan, fax = {}, clock, onError = () => {} } = options;
  if (fax.inboundSecret !== undefined) assertWebhookSecret(fax.inboundSecret);
  const shelf: FaxShelf = { store, files, directory, binDays: fax.binDays ?? 30, onError };
  const inbound = { secret: fax.inboundSecret, plan, now: () => clock.now() };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const empty = () => emptyBin(shelf, clock.now());
  return {
    shelf,
    operations: { faxes: createFaxOperations(shelf, inbound) },
    emptyBin: empty,
    start() {
      timer = setInterval(() => {
        running = empty().catch((error: unknown) => onError('The bin of the faxes was not emptied.', error));
      }, HOUR_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
