import type { Client } from '../http/client.ts';
import type { Recording } from '../protocol/recording.ts';

export interface Recordings {
  get(recordingId: string): Promise<Recording>;
  /** Address of the sound for an `<audio>` element; answers ranges. Each playing is written to the listening log. */
  audioUrl(recordingId: string): string;
}

export function createRecordings(client: Client, url: string): Recordings {
  return {
    get: (recordingId) => client.recordings.get({ recordingId }),
    audioUrl: (recordingId) => `${url.replace(/\/$/, '')}/recordings/${encodeURIComponent(recordingId)}/audio`,
  };
}
