import type { Clock } from '../clock.ts';
import type { Domain } from '../domain.ts';
import type { Tx } from '../store/store.ts';
import type { RecordingArchive } from './archive.ts';
import { createLinkSigner } from './links.ts';
import { createRecordings } from './operations.ts';
import { createRetention, type RetentionOptions } from './retention.ts';
import { retentionClock } from './retention-clock.ts';
import type { RetentionPolicy } from './retention-policy.ts';

export interface RecordingsDomainOptions {
  readonly archive: RecordingArchive;
  readonly clock: Clock;
  readonly retention: RetentionPolicy;
  /** Signs with a key that is not in the database. */
  readonly sign: (text: string) => string;
  readonly isWarden: (db: Tx['db'], accountId: string) => Promise<boolean>;
  readonly kindOfCall: RetentionOptions['kindOfCall'];
  readonly onError: (error: unknown) => void;
}

const EXPIRE_EVERY_MS = 6 * 3_600_000;

/** Everything about finished recordings: heard, given out, held, and ended when their time is over. */
export function createRecordingsDomain(options: RecordingsDomainOptions): Domain {
  const { archive, clock } = options;
  const retention = createRetention({
    archive,
    asOf: retentionClock({ store: archive.store, clock, name: 'recordings', onAhead: options.onError }),
    policy: { order: options.retention.order, call: options.retention.call, virtual: options.retention.virtual },
    kindOfCall: options.kindOfCall,
    onError: options.onError,
  });
  let stopped = false;
  return {
    operations: {
      recordings: createRecordings({
        archive,
        clock,
        retention,
        signer: createLinkSigner(archive.store, clock, options.sign),
        isWarden: options.isWarden,
      }),
    },
    chores: [
      {
        name: 'recordings',
        everyMs: EXPIRE_EVERY_MS,
        run: async () => {
          await retention.expire(() => stopped);
        },
      },
    ],
    start() {
      stopped = false;
    },
    async stop() {
      stopped = true;
    },
  };
}
