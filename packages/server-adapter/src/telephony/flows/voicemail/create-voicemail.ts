import type { Clock } from '../../../clock.ts';
import type { RecordingStore } from '../../../connectors/recordings/recording-store.ts';
import type { Directory } from '../../../customers/index.ts';
import type { Domain } from '../../../domain.ts';
import { Problem } from '../../../problem.ts';
import { DEFAULT_RETENTION, type KeepFor, retentionClock } from '../../../recordings/index.ts';
import type { Store } from '../../../store/store.ts';
import {
  Boxes,
  type BoxQueue,
  createVoicemailOperations,
  emptyBin,
  expireMessages,
  type VoicemailOptions,
  type VoicemailShelf,
  voicemailPolicy,
} from '../../../voicemail/index.ts';
import type { FlowServices } from '../call-session.ts';
import { NO_OVERFLOW, type OverflowHandlers } from '../queue/overflow.ts';
import type { QueueOptions } from '../queue/queue-options.ts';
import type { CallFlow } from '../switchboard.ts';
import { VoicemailFlow } from './voicemail-flow.ts';

export interface CreateVoicemailOptions {
  readonly store: Store;
  readonly files: RecordingStore;
  readonly directory: Pick<Directory, 'findByNumber'>;
  readonly queues: readonly QueueOptions[];
  /** Undefined: nobody takes messages; what was left before can still be heard. */
  readonly voicemail: VoicemailOptions | undefined;
  /** For how long messages are kept. @default as {@link DEFAULT_RETENTION} says */
  readonly keep?: KeepFor;
  readonly clock: Clock;
  readonly onError?: (message: string, error: unknown) => void;
}

export interface Voicemail extends Domain {
  /** The flow of these calls, for the switchboard. */
  flows(services: FlowServices): readonly CallFlow[];
  /** Where callers go whom nobody answers. */
  readonly overflow: OverflowHandlers;
  /** Removes for good what has been in the bin for long enough; also done every hour. */
  emptyBin(): Promise<number>;
  /** Ends messages whose time is over; also done every six hours. */
  expire(): Promise<number>;
}

const HOUR_MS = 3_600_000;
const EXPIRE_EVERY_MS = 6 * HOUR_MS;

/** Voicemail as one part: boxes and messages, and the calls that fill them. */
export function createVoicemail(options: CreateVoicemailOptions): Voicemail {
  const { store, files, directory, queues, clock, onError = () => {} } = options;
  const boxes = queues.map(({ id, names, members = 'group' }): BoxQueue => ({ id, names, members }));
  let flow: VoicemailFlow | undefined;
  const shelf: VoicemailShelf = {
    store,
    files,
    directory,
    boxes: new Boxes(boxes),
    policy: voicemailPolicy(options.voicemail ?? {}),
    greetingBeingRecorded: (boxId) => flow?.isGreeted(boxId) === true,
    onError,
  };
  const empty = () => emptyBin(shelf, clock.now());
  let stopped = false;
  const asOf = retentionClock({
    store,
    clock,
    name: 'voicemail',
    onAhead: (error) => onError('Not every message whose time may be over was deleted.', error),
  });
  const expire = () =>
    expireMessages(shelf, { keep: options.keep ?? DEFAULT_RETENTION.voicemail, asOf, stopped: () => stopped });
  return {
    operations: {
      voicemail: createVoicemailOperations(shelf, {
        async record(box, caller) {
          if (flow === undefined) throw new Problem('exchange-unavailable', 'Nobody takes messages in this house.');
          return flow.record(box, caller);
        },
        tidyUp: () => flow?.tidyUp(),
      }),
    },
    chores: [
      { name: 'voicemail bin', everyMs: HOUR_MS, run: async () => void (await empty()) },
      { name: 'voicemail', everyMs: EXPIRE_EVERY_MS, run: async () => void (await expire()) },
    ],
    start() {
      stopped = false;
    },
    async stop() {
      stopped = true;
    },
    flows(services) {
      if (options.voicemail === undefined) return [];
      flow = new VoicemailFlow(services, shelf);
      return [flow];
    },
    overflow:
      options.voicemail === undefined
        ? NO_OVERFLOW
        : { voicemail: async (call, box) => (await flow?.takeOver(call, box)) ?? false },
    emptyBin: empty,
    expire,
  };
}
