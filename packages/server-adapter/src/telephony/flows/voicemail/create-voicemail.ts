import type { Clock } from '../../../clock.ts';
import type { RecordingStore } from '../../../connectors/recordings/recording-store.ts';
import type { Directory } from '../../../customers/index.ts';
import type { Domain } from '../../../domain.ts';
import { Problem } from '../../../problem.ts';
import type { Store } from '../../../store/store.ts';
import {
  Boxes,
  type BoxQueue,
  createVoicemailOperations,
  emptyBin,
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
}

const HOUR_MS = 3_600_000;

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
    chores: [{ name: 'voicemail bin', everyMs: HOUR_MS, run: async () => void (await empty()) }],
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
  };
}
