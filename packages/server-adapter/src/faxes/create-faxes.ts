import type { NumberingPlan } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import { assertWebhookSecret } from '../connectors/webhook-signature.ts';
import type { Directory } from '../customers/index.ts';
import type { Domain } from '../domain.ts';
import { DEFAULT_RETENTION, type KeepFor, retentionClock } from '../recordings/index.ts';
import type { Store } from '../store/store.ts';
import { emptyBin } from './empty-bin.ts';
import { expireFaxes } from './expire-faxes.ts';
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
  /** For how long faxes are kept. @default as {@link DEFAULT_RETENTION} says */
  readonly keep?: KeepFor;
  readonly clock: Clock;
  readonly onError?: (message: string, error: unknown) => void;
}

export interface Faxes extends Domain {
  readonly shelf: FaxShelf;
  /** Removes for good what has been in the bin for long enough; also done every hour. */
  emptyBin(): Promise<number>;
  /** Ends faxes whose time is over; also done every six hours. */
  expire(): Promise<number>;
}

const HOUR_MS = 3_600_000;
const EXPIRE_EVERY_MS = 6 * HOUR_MS;

export function createFaxes(options: CreateFaxesOptions): Faxes {
  const { store, files, directory, plan, fax = {}, clock, onError = () => {} } = options;
  if (fax.inboundSecret !== undefined) assertWebhookSecret(fax.inboundSecret);
  const shelf: FaxShelf = { store, files, directory, binDays: fax.binDays ?? 30, onError };
  const inbound = { secret: fax.inboundSecret, plan, now: () => clock.now() };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const empty = () => emptyBin(shelf, clock.now());
  let stopped = false;
  const asOf = retentionClock({
    store,
    clock,
    name: 'faxes',
    onAhead: (error) => onError('Not every fax whose time may be over was deleted.', error),
  });
  const expire = () =>
    expireFaxes(shelf, { keep: options.keep ?? DEFAULT_RETENTION.fax, asOf, stopped: () => stopped });
  return {
    shelf,
    operations: { faxes: createFaxOperations(shelf, inbound) },
    emptyBin: empty,
    expire,
    chores: [{ name: 'faxes', everyMs: EXPIRE_EVERY_MS, run: async () => void (await expire()) }],
    start() {
      stopped = false;
      timer = setInterval(() => {
        running = empty().catch((error: unknown) => onError('The bin of the faxes was not emptied.', error));
      }, HOUR_MS);
      timer.unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
