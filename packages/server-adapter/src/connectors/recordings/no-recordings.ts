import type { RecordingStore } from './recording-store.ts';

/** Where nothing is recorded because there are no calls: it holds nothing and takes nothing. */
export function noRecordings(): RecordingStore {
  const refuse = async (): Promise<never> => {
    throw new Error('The adapter was made without `recordings`.');
  };
  return { put: refuse, read: refuse, size: async () => undefined, delete: async () => {} };
}
