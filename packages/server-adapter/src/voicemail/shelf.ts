import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import type { Directory } from '../customers/index.ts';
import type { Store } from '../store/store.ts';
import type { Boxes } from './boxes.ts';
import type { VoicemailPolicy } from './policy.ts';

/** What everything about voicemail shares. */
export interface VoicemailShelf {
  readonly store: Store;
  readonly files: RecordingStore;
  readonly directory: Pick<Directory, 'findByNumber'>;
  readonly boxes: Boxes;
  readonly policy: VoicemailPolicy;
  /** Whether somebody speaks a greeting for this box now. */
  readonly greetingBeingRecorded: (boxId: string) => boolean;
  /** Something went wrong that no answer reports. */
  readonly onError: (message: string, error: unknown) => void;
}
