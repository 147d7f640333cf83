import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { recordingsRoutes } from '../http/routes/recordings.ts';
import type { Recording, Retention } from '../protocol/recording.ts';

export interface RecordingLink {
  /** Whoever has it can download the recording until it expires; each download is written to the listening log. */
  readonly url: string;
  readonly expiresAt: string;
}

export interface Recordings {
  get(recordingId: string): Promise<Recording>;
  /** Address of the sound for an `<audio>` element; answers ranges. Each playing is written to the listening log. */
  audioUrl(recordingId: string): string;
  /** A signed link that works without signing in; supervisors and managers. @param minutes 1 to 10,080; 60 when left out */
  link(recordingId: string, reason: string, minutes?: number): Promise<RecordingLink>;
  /** Makes every link that was given out so far void; managers. */
  revokeLinks(reason: string): Promise<void>;
  /** Until when it is kept, and the legal holds on it. */
  retention(recordingId: string): Promise<Retention>;
  /** Keeps it until released, however old it becomes; managers. */
  hold(recordingId: string, reason: string): Promise<Retention>;
  release(recordingId: string, holdId: string, reason: string): Promise<Retention>;
}

export function createRecordings(client: Pick<Client, 'recordings'>, url: string): Recordings {
  const base = url.replace(/\/$/, '');
  return {
    get: (recordingId) => client.recordings.get({ recordingId }),
    audioUrl: (recordingId) => `${base}/recordings/${encodeURIComponent(recordingId)}/audio`,
    async link(recordingId, reason, minutes) {
      const { path, expiresAt } = await client.recordings.link({
        recordingId,
        reason,
        ...(minutes === undefined ? {} : { minutes }),
      });
      return { url: `${base}${path}`, expiresAt };
    },
    async revokeLinks(reason) {
      await client.recordings.revokeLinks({ reason });
    },
    retention: (recordingId) => client.recordings.retention({ recordingId }),
    hold: (recordingId, reason) => client.recordings.hold({ recordingId, reason }),
    release: (recordingId, holdId, reason) => client.recordings.release({ recordingId, holdId, reason }),
  };
}

/** What was recorded of calls. */
export const recordings: Feature<Recordings> = {
  name: 'recordings',
  create: ({ clientFor, url }) => createRecordings(clientFor({ recordings: recordingsRoutes }), url),
};
